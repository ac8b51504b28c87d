// Resolves the platform's copy of the AWS SDK for `import`, because NODE_PATH works for `require` only. Registered only
// after an import of it has failed, because a thread for hooks takes longer to start than most functions.
const SDK = /^(@aws-sdk|@smithy)\//;

// A second load uses another URL: Node caches which modules could not be linked.
export const AGAIN = '?again';

let place;

export async function initialize(data) {
  place = data.place;
}

export async function resolve(specifier, context, next) {
  let found;
  try {
    found = await next(specifier, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !SDK.test(specifier)) throw error;
    try {
      return await next(specifier, { ...context, parentURL: place });
    } catch {
      throw error; // This error names the function's own file.
    }
  }
  const again = context.parentURL?.endsWith(AGAIN) && found.url.startsWith('file:') && !found.url.includes('?');
  return again ? { ...found, url: found.url + AGAIN } : found;
}
