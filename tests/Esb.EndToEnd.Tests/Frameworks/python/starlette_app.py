from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

import asgi_adapter


async def hello(request):
    body = await request.body()
    response = JSONResponse(
        {
            'method': request.method,
            'name': request.path_params['name'],
            'query': dict(request.query_params),
            'cookie': request.headers.get('cookie'),
            'body': await request.json() if body else None,
        },
        status_code=201,
        headers={'X-Framework': 'starlette'},
    )
    response.set_cookie('one', '1')
    response.set_cookie('two', '2')
    return response


async def some_bytes(request):
    return Response(bytes([0, 255, 128, 10]), media_type='application/octet-stream')


async def moved(request):
    return RedirectResponse('/elsewhere', status_code=302)


async def missing(request, error):
    return PlainTextResponse(f'nothing at {request.url.path}', status_code=404)


application = Starlette(
    routes=[
        Route('/{prefix}/hello/{name}', hello, methods=['GET', 'POST']),
        Route('/{prefix}/bytes', some_bytes),
        Route('/{prefix}/moved', moved),
    ],
    exception_handlers={404: missing},
)


def handler(event, context):
    return asgi_adapter.handle(application, event, context)
