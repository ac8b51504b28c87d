'use strict';
// The database's expression parsers try a rule at the same position again for every path that leads there, so that
// their time doubles with each pair of parentheses. This module makes them try each rule once at each position, and
// enforces DynamoDB's limits for expressions: 4 KB, 300 operators. Source: "Constraints in Amazon DynamoDB", Expression
// parameters; Ford, "Packrat Parsing" (2002).
const Module = require('module');
const path = require('path');

const mostBytes = 4096;
const mostOperators = 300;
const parsers = /[\\/]dynalite[\\/]db[\\/]\w+Parser\.js$/;
const ruleHead = /^  function (peg\$parse[A-Z]\w*)\(\) \{$/gm;
const parserHead = 'function peg$parse(input, options) {';

// Results are copied, since actions change the arrays that they get. The key includes whether the parser looks ahead,
// since it records expectations only when it does not.
const once = `
  const known = new Map();
  const copy = (result) => (Array.isArray(result) ? result.slice() : result);
  const once = (rule, parse) => {
    const key = (peg$currPos * 128 + rule) * 2 + (peg$silentFails > 0 ? 1 : 0);
    const before = known.get(key);
    if (before) {
      peg$currPos = before.end;
      return copy(before.result);
    }
    const result = parse();
    known.set(key, { result: copy(result), end: peg$currPos });
    return result;
  };`;

const linear = (source, file) => {
  let rules = 0;
  const changed = source
    .replace(ruleHead, (head, name) => `  function ${name}() { return once(${rules++}, ${name}$once); }\n  function ${name}$once() {`)
    .replace(parserHead, () => parserHead + once);
  if (rules === 0 || !changed.includes(once)) throw new Error(`${path.basename(file)} is not the parser that esb knows`);
  return changed;
};

const depthOf = (text) => {
  let depth = 0;
  let deepest = 0;
  for (const sign of text) {
    if (sign === '(') deepest = Math.max(deepest, ++depth);
    if (sign === ')') depth--;
  }
  return deepest;
};

const operatorsIn = (node) => {
  if (node === null || typeof node !== 'object') return 0;
  const own = typeof node.type === 'string' && Array.isArray(node.args) ? 1 : 0;
  return Object.values(node).reduce((sum, child) => sum + operatorsIn(child), own);
};

const bounded = (parse) => (text, options) => {
  const size = Buffer.byteLength(text);
  if (size > mostBytes) throw new Error(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
  // Each pair of parentheses that is not redundant has an operator or a function.
  const depth = depthOf(text);
  if (depth > mostOperators + 1) throw new Error(`The expression has too many nesting levels; nesting levels: ${depth}`);
  const result = parse(text, options);
  const operators = operatorsIn(result);
  if (operators > mostOperators) throw new Error(`The expression contains too many operators; operator count: ${operators}`);
  return result;
};

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, file, ...rest) {
  if (!parsers.test(file)) return compile.call(this, content, file, ...rest);
  const result = compile.call(this, linear(content, file), file, ...rest);
  this.exports.parse = bounded(this.exports.parse);
  return result;
};
