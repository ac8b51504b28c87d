'use strict';
// Refuses requests that a foreign web page may have sent, before the database sees them, and removes the database's
// headers that allow every origin to read its answers. The rules are those of PageGuard.cs and ProxyMarks.cs in
// src/Esb.Origins; esb inserts the lists of the latter when it writes this file.
const http = require('http');
const net = require('net');

const names = (process.env.ESB_ALLOWED_HOSTS || '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean);
const atOrBelow = (name, parent) => name === parent || name.endsWith(`.${parent}`);

// One name or address with at most one port. Source: RFC 9112, section 3.2, which the platform's other ports enforce,
// too.
const isHost = (text) => /^((\[[0-9a-f:.]+\]|[a-z0-9!$&'()*+,;=%._~-]+)(:\d+)?)?$/i.test(text);

const wrongHost = ({ rawHeaders, headers: { host }, url }) => {
  if (rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1) return 'there are several Host lines';
  if (host !== undefined && !isHost(host)) return 'Host is neither a name nor an address';
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url);
  return authority && authority[1].toLowerCase() !== (host || '').toLowerCase() ? 'Host is not that of the address that is asked' : null;
};

const isUnspecified = (address) => /^(::ffff:)?[0:.]+$/.test(address);

const isAllowed = (host) => {
  const name = host.toLowerCase().replace(/^(\[[^\]]*\]|[^:]*):\d*$/, '$1').replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return (net.isIP(name) > 0 && !isUnspecified(name)) || atOrBelow(name, 'localhost')
    || names.some((allowed) => (allowed.startsWith('.') ? atOrBelow(name, allowed.slice(1)) : name === allowed));
};

const isOwn = (origin, host) => origin.toLowerCase().replace(/^[^:]+:\/\//, '') === (host || '').toLowerCase();

const refusal = ({ host, origin, 'sec-fetch-site': site }) => {
  if (site && site !== 'none' && site !== 'same-origin') return 'a page of another site may not ask';
  if (origin && !isOwn(origin, host)) return 'a page of another origin may not ask';
  if (host && !isAllowed(host)) return 'the name in Host is not one of this platform: ask by address or localhost, or add the name to ESB_ALLOWED_HOSTS';
  return null;
};

const proxyNames = new Set('PROXY-NAMES'.toLowerCase().split(','));
const proxyPrefixes = 'PROXY-PREFIXES'.toLowerCase().split(',');

const proxyMark = ({ headers, httpVersion }) =>
  Object.keys(headers).find((name) => proxyNames.has(name) || proxyPrefixes.some((prefix) => name.startsWith(prefix)))
    || (httpVersion === '1.0' ? 'HTTP/1.0' : null);

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, ...args) {
  if (event === 'upgrade' || event === 'connect') {
    args[1].destroy();
    return true;
  }
  if (event !== 'request' && event !== 'checkContinue' && event !== 'checkExpectation') return emit.call(this, event, ...args);
  const [request, response] = args;
  const wrong = wrongHost(request);
  if (wrong) {
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0', Connection: 'close' });
    response.end(JSON.stringify({ __type: 'com.amazon.coral.service#SerializationException', message: wrong }));
    return true;
  }
  const mark = proxyMark(request);
  const reason = refusal(request.headers) || (mark && `a request that a proxy hands on is not one of this machine (${mark})`);
  if (reason) {
    response.writeHead(403, { 'Content-Type': 'application/x-amz-json-1.0', Connection: 'close' });
    response.end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message: reason }));
    return true;
  }
  const setHeader = response.setHeader;
  response.setHeader = function (name, value) {
    return /^access-control-/i.test(name) ? this : setHeader.call(this, name, value);
  };
  return emit.call(this, event, ...args);
};
