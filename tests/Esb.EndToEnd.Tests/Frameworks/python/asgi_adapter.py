"""An event of API Gateway as one ASGI request and its answer as API Gateway's, for payloads 1.0 and 2.0.

Ours, because no adapter for ASGI comes as a package of Debian or npm. Source: the ASGI specification, "HTTP & WebSocket ASGI Message Format".
"""

import asyncio
import base64
from urllib.parse import unquote, urlencode


def handle(application, event, context):
    return asyncio.run(_run(application, event, context))


async def _run(application, event, context):
    body = event.get('body') or ''
    body = base64.b64decode(body) if event.get('isBase64Encoded') else body.encode()
    sent = []
    asked = False

    async def receive():
        nonlocal asked
        if asked:
            return {'type': 'http.disconnect'}
        asked = True
        return {'type': 'http.request', 'body': body, 'more_body': False}

    async def send(message):
        sent.append(message)

    is_http = event.get('version') == '2.0'
    await application(_scope_of_2(event, context) if is_http else _scope_of_1(event, context), receive, send)
    return _answer(sent, is_http)


def _scope_of_1(event, context):
    headers = [(name, value) for name, values in (event.get('multiValueHeaders') or {}).items() for value in values]
    query = urlencode(event.get('multiValueQueryStringParameters') or {}, doseq=True)
    return _scope(event, context, event['httpMethod'], event['path'], query, headers, event['requestContext']['identity']['sourceIp'])


def _scope_of_2(event, context):
    headers = list(event['headers'].items())
    if event.get('cookies'):
        headers.append(('cookie', '; '.join(event['cookies'])))
    http = event['requestContext']['http']
    return _scope(event, context, http['method'], event['rawPath'], event.get('rawQueryString', ''), headers, http['sourceIp'])


def _scope(event, context, method, path, query, headers, client):
    return {
        'type': 'http',
        'asgi': {'version': '3.0', 'spec_version': '2.3'},
        'http_version': '1.1',
        'method': method,
        'scheme': 'https',
        'path': unquote(path),
        'raw_path': path.encode(),
        'query_string': query.encode(),
        'root_path': '',
        'headers': [(name.lower().encode(), value.encode('latin-1')) for name, value in headers],
        'client': (client, 0),
        'server': ('lambda', 443),
        'aws.event': event,
        'aws.context': context,
    }


def _answer(sent, is_http):
    start = next(m for m in sent if m['type'] == 'http.response.start')
    body = b''.join(m.get('body', b'') for m in sent if m['type'] == 'http.response.body')
    headers = [(name.decode().lower(), value.decode('latin-1')) for name, value in start.get('headers', [])]
    answer = {'statusCode': start['status'], 'isBase64Encoded': True, 'body': base64.b64encode(body).decode()}
    if is_http:
        return answer | {'headers': {n: v for n, v in headers if n != 'set-cookie'}, 'cookies': [v for n, v in headers if n == 'set-cookie']}
    several = {}
    for name, value in headers:
        several.setdefault(name, []).append(value)
    return answer | {'multiValueHeaders': several}
