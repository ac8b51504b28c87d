"""Errors as documents, in the format of AWS's Python runtime."""
import os
import traceback

from esb_runtime_handler import HandlerError


def of_start(problem):
    if isinstance(problem, HandlerError):
        return _document(problem.type, str(problem), "", problem.stack or [])
    return _document(type(problem).__name__, _text(problem), "", _stack(problem))


def of_invocation(problem, step, request_id):
    if step == "event":
        return _document("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % _text(problem), request_id, [])
    if step == "result":
        return _document("Runtime.MarshalError", "Unable to marshal response: %s" % _text(problem), request_id, [])
    return _document(type(problem).__name__, _text(problem), request_id, _stack(problem))


def _document(error_type, message, request_id, stack):
    return {"errorMessage": message, "errorType": error_type, "requestId": request_id, "stackTrace": stack}


def _text(problem):
    try:
        return str(problem)
    except Exception as other:
        return "<the message cannot be made: %s>" % type(other).__name__


def _stack(problem):
    frames = traceback.extract_tb(problem.__traceback__)
    # Frames that do not belong to the function's code.
    ours = (os.path.dirname(__file__) + os.sep, "<frozen importlib")
    return traceback.format_list([frame for frame in frames if not frame.filename.startswith(ours)])
