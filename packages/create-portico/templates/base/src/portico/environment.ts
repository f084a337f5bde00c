const { SITE_URL, TRUSTED_PROXIES } = process.env;

/** Options of the app that each machine has its own of; .env.example tells of them. */
export const environment = {
  ...(SITE_URL && { siteUrl: SITE_URL }),
  ...(TRUSTED_PROXIES && { trustedProxies: TRUSTED_PROXIES.split(',').map((proxy) => proxy.trim()) }),
};
