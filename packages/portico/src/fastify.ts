export { porticoFastify, type FastifyOptions } from './hosts/fastify.ts';
