export { porticoExpress, type ExpressOptions } from './hosts/express.ts';
