from flask import Flask, Response, jsonify, redirect, request
import serverless_wsgi

application = Flask(__name__)


@application.route('/<prefix>/hello/<name>', methods=['GET', 'POST'])
def hello(prefix, name):
    response = jsonify(
        method=request.method,
        name=name,
        query=request.args,
        cookie=request.headers.get('Cookie'),
        body=request.get_json(silent=True),
    )
    response.status_code = 201
    response.headers['X-Framework'] = 'flask'
    response.set_cookie('one', '1')
    response.set_cookie('two', '2')
    return response


@application.get('/<prefix>/bytes')
def some_bytes(prefix):
    return Response(bytes([0, 255, 128, 10]), mimetype='application/octet-stream')


@application.get('/<prefix>/moved')
def moved(prefix):
    return redirect('/elsewhere')


@application.errorhandler(404)
def missing(error):
    return f'nothing at {request.path}', 404


def handler(event, context):
    return serverless_wsgi.handle_request(application, event, context)
