'use strict';
// Finds and loads the handler: with require where that is possible, because it is faster, else as a module.
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const nodeModule = require('node:module');
const { RuntimeError } = require('./errors.cjs');

const SDK = /'(@aws-sdk\/|@smithy\/|aws-sdk')/;

// sdk: the folder node_modules with the platform's copy of the AWS SDK; undefined when there is none.
async function loadHandler(root, name, sdk) {
  const slash = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', slash);
  if (dot < 0 || name.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler '${name}'`);
  const module = await loadModule(root, name.slice(0, dot), sdk);
  let found = module;
  for (const part of name.slice(dot + 1).split('.')) {
    found = found?.[part] ?? (found === module ? module.default?.[part] : undefined);
  }
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  return found;
}

async function loadModule(root, module, sdk) {
  const file = locate(path.resolve(root, module));
  const require = nodeModule.createRequire(path.join(root, 'package.json'));
  try {
    if (file === null) return require(module);
    return isModule(file) ? await importModule(pathToFileURL(file).href, sdk) : require(file);
  } catch (error) {
    throw explain(error, module);
  }
}

async function importModule(url, sdk) {
  try {
    return await import(url);
  } catch (error) {
    if (!sdk || error?.code !== 'ERR_MODULE_NOT_FOUND' || !SDK.test(error.message)) throw error;
    const hooks = pathToFileURL(path.join(__dirname, 'sdk.mjs')).href;
    nodeModule.register(hooks, { data: { place: pathToFileURL(path.join(sdk, '..', 'package.json')).href } });
    return await import(`${url}${(await import(hooks)).AGAIN}`);
  }
}

function locate(base) {
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    if (fs.statSync(base + extension, { throwIfNoEntry: false })?.isFile()) return base + extension;
  }
  return null;
}

// Node's own rule: the extension decides, else the nearest package.json.
function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (!file.endsWith('.js')) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type === 'module';
    } catch (error) {
      if (error.code !== 'ENOENT' || folder === path.dirname(folder)) return false;
    }
  }
}

function explain(error, module) {
  if (error instanceof SyntaxError) return named('Runtime.UserCodeSyntaxError', `${error}`, error);
  if (error?.code !== 'MODULE_NOT_FOUND' && error?.code !== 'ERR_MODULE_NOT_FOUND') return error;
  const help =
    ' (Lambda includes it; a release of ESB includes only the clients of DynamoDB, S3 and Lambda: ' +
    `name it in dependencies of package.json in ${process.env.LAMBDA_TASK_ROOT})`;
  return named('Runtime.ImportModuleError', `${error}${SDK.test(error.message) ? help : ''}`, error);
}

function named(name, message, cause) {
  const error = new RuntimeError(name, message);
  error.stack = `${name}: ${message}\n${String(cause.stack).split('\n').slice(1).join('\n')}`;
  return error;
}

module.exports = { loadHandler };
