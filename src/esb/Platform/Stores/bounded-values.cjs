'use strict';
// Bounds the cost of numbers and sets in a request: an index beyond the end of a list appends to the list, an integer
// must be in DynamoDB's range, a number with more characters than 38 digits need is refused before it is converted, and
// sets are compared in linear time. The name __proto__ is refused, since a JavaScript object cannot have it as an
// ordinary key. Source: DynamoDB Developer Guide, "Update expressions": "If you add multiple elements in a single SET
// operation, the elements are sorted in order by element number."
const path = require('path');
const http = require('http');
const Module = require('module');

const proto = '__proto__';

// Enough for a number with 38 digits from 1E-130 to 9.9E+125, written without an exponent, and some extra zeros.
const longestNumber = 512;

const numbers = `
  if (obj[attr] && obj[attr].length > ${longestNumber}) return 'Attempting to store more than 38 significant digits in a Number'
`;

const integers = `
  const isIn = { Short: [-32768, 32767], Integer: [-2147483648, 2147483647], Long: [-9223372036854775808, 9223372036854774784] }[type]
  if (isIn && !(Math.floor(val) >= isIn[0] && Math.floor(val) <= isIn[1])) throw typeError('NUMBER_VALUE is out of the range of ' + type)
`;

const lists = `
// [list, index, value] of what stands beyond the end of a list.
function putAside (parent, attr, val, toSquash) {
  if (attr >= parent.L.length) toSquash.push([ parent.L, attr, val ])
  else parent.L[attr] = val
}
function appendAll (toSquash) {
  toSquash.sort(function (a, b) { return a[1] - b[1] }).forEach(function (one) { one[0].push(one[2]) })
}
function notIn (list) {
  var known = new Set(list)
  return function (val) { return !known.has(val) }
}
`;

const own = `
function ownOf (object, name) {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined
}
`;

const changes = {
  'actions/updateItem.js': [
    [/ {4}if \(attr > parent\.L\.length [^\n]*\n[^\n]*\n {4}\}\n {4}parent\.L\[attr\] = val\n/, '    putAside(parent, attr, val, toSquash)\n'],
    [/toSquash\.forEach\(function \(obj\) [^\n]*/, 'appendAll(toSquash)'],
    [/\.filter\(function \((?:a|val)\) \{\s*return !~([\w.[\]]+)\.indexOf\((?:a|val)\)\s*\}\)/g, '.filter(notIn($1))'],
    [/\bparent\.M\[attr\] :/, 'ownOf(parent.M, attr) :'],
    [/$/, lists + own],
  ],
  'db/index.js': [
    [/return item\[path\[0\]\]/, 'return ownOf(item, path[0])'],
    [/resolved = resolved\.M\[piece\]/, 'resolved = ownOf(resolved.M, piece)'],
    [/return val1\.every\(function \(val\) \{ return ~val2\.indexOf\(val\) \}\)/, 'return val1.every(Set.prototype.has, new Set(val2))'],
    [/$/, own],
  ],
  'validations/index.js': [
    [/(case 'number':\s*)(if \(type != 'Double'\) val = Math\.floor\(val\))/, `$1${integers}$2`],
    [/function checkNum \(attr, obj\) \{\n/, `$&${numbers}`],
  ],
};

const changed = (source, file) => changes[file].reduce((text, [from, to]) => {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`${file} of the database is not the one that esb knows`);
  return result;
}, source);

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, file, ...rest) {
  const [, name] = /[\\/]dynalite[\\/](\w+[\\/]\w+\.js)$/.exec(file) || [];
  const known = name && name.split(path.sep).join('/');
  return compile.call(this, changes[known] ? changed(content, known) : content, file, ...rest);
};

const named = new Set(['AttributeName', 'TableName', 'IndexName', 'ExclusiveStartTableName']);

const isProto = (key, value) => key === proto
  || (value === proto && (named.has(key) || key.startsWith('#')))
  || (key === 'AttributesToGet' && Array.isArray(value) && value.includes(proto));

const namesProto = (text) => {
  // The name may contain escape sequences.
  if (!text.includes(proto) && !/\\u00/i.test(text)) return false;
  let isFound = false;
  try {
    JSON.parse(text, (key, value) => {
      isFound ||= isProto(key, value);
      return value;
    });
  } catch {
    return false;
  }

  return isFound;
};

// Each body arrives here complete and in one piece, since whole-requests.cjs is loaded after this module.
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return emit.call(this, event, ...args);
  const [request, response] = args;
  const on = request.emit;
  let isRefused = false;
  request.emit = function (part, ...values) {
    if (part === 'data' && namesProto(values[0].toString())) {
      isRefused = true;
      response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({
        __type: 'com.amazon.coral.validate#ValidationException',
        message: `This database keeps nothing that is named ${proto}`,
      }));
    }
    return isRefused || on.call(this, part, ...values);
  };
  return emit.call(this, event, ...args);
};
