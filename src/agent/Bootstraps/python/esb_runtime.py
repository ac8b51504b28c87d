"""The main loop of a Python function: loads the handler, then processes one event after the other.

Behaviour and messages are those of AWS's Python runtime. What only some functions need (json, logging, traceback) is
imported late: a cold start should take little longer than Python itself.
"""
import os
import sys
import time

from esb_runtime_api import RuntimeApi

# Before the search path is changed: all packages of the machine are to be visible.
MACHINE_PACKAGES = "--machine-packages"

# Set for each event and written to log lines.
current_request_id = ""


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = None
        if values.get("client"):
            self.client = Client(values["client"])


class Client:
    def __init__(self, values):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, values.get(name))


class CognitoIdentity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class LambdaContext:
    """AWS, "Using the Lambda context object to retrieve Python function information"."""

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn", "")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.identity = CognitoIdentity(_document(headers.get("lambda-runtime-cognito-identity")) or {})
        client = _document(headers.get("lambda-runtime-client-context"))
        self.client_context = ClientContext(client) if client else None
        self._deadline = int(headers.get("lambda-runtime-deadline-ms") or 0)

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def main(arguments):
    own = sys.path[1:]
    if arguments[:1] == [MACHINE_PACKAGES]:
        arguments = arguments[1:]
    else:
        import esb_runtime_packages

        own = esb_runtime_packages.hide(own)
    # AWS's order: the function, its layers, then Python's own folders. The runtime's folder, which Python put first,
    # comes last.
    sys.path[:] = arguments + own + sys.path[:1]
    sys.argv = [""]
    # Python buffers output to a pipe, but a line should be in the log as soon as it is printed.
    sys.stdout.reconfigure(line_buffering=True)
    if "logging" in sys.modules:
        _set_up(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, _LoggingSetup())
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as problem:
        import esb_runtime_errors

        document = esb_runtime_errors.of_start(problem)
        _report(document)
        api.fail_start(_encode(document), document["errorType"])
        sys.exit(1)
    while True:
        api.ask()
        # While the gateway has no event.
        import json

        status, headers, body = api.receive()
        if status == 410:
            sys.exit(0)
        if status != 200:
            sys.stderr.write("the Runtime API answered %d: %s\n" % (status, body.decode("utf-8", "replace")))
            sys.exit(1)
        _answer(api, handler, headers, body, json)


def load(name):
    """Returns the function that `pkg/module.function` names."""
    import esb_runtime_handler

    return esb_runtime_handler.load(name)


def _answer(api, handler, headers, body, json):
    global current_request_id
    request_id = current_request_id = headers["lambda-runtime-aws-request-id"]
    trace = headers.get("lambda-runtime-trace-id")
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    step = "event"
    try:
        event = json.loads(body)
        context = LambdaContext(headers)
        step = "handler"
        result = handler(event, context)
        step = "result"
        response = _marshal(result, json)
    except Exception as problem:
        import esb_runtime_errors

        document = esb_runtime_errors.of_invocation(problem, step, request_id)
        _report(document)
        _flush()
        api.fail(request_id, _encode(document), document["errorType"])
    else:
        _flush()
        if api.respond(request_id, response) == 413:
            message = "[ERROR] the response of %d bytes is larger than the 6 MB that Lambda allows\n"
            _write(message % len(response))
    current_request_id = ""


def _marshal(result, json):
    if result is None:
        return b"null"
    return json.dumps(result, default=_default).encode("utf-8")


# AWS's runtime does this for numbers from DynamoDB.
def _default(value):
    if type(value).__name__ == "Decimal":
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def _document(text):
    if not text:
        return None
    import json

    return json.loads(text)


def _encode(document):
    import json

    return json.dumps(document).encode("utf-8")


def _report(document):
    text = "[ERROR] %s: %s\n" % (document["errorType"], document["errorMessage"])
    if document["stackTrace"]:
        text += "Traceback (most recent call last):\n" + "".join(document["stackTrace"])
    _write(text if text.endswith("\n") else text + "\n")


def _write(text):
    # A function may have replaced or closed its output, and its text need not be encodable: half of a surrogate pair.
    try:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    except Exception:
        pass


def _flush():
    # A function may have replaced or closed them.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


class _LoggingSetup:
    """Waits for the first import of logging and then installs its root handler."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in sys.meta_path)))
        execute = spec.loader.exec_module

        def exec_module(module):
            del spec.loader.exec_module
            execute(module)
            _set_up(module)

        spec.loader.exec_module = exec_module
        return spec


def _set_up(logging):
    import esb_runtime_logging

    esb_runtime_logging.setup(logging)
