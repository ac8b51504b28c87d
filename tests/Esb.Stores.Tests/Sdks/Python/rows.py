"""Calls methods one after another; each prints one line of JSON: what was called, and the error that it met, if any."""
import json
import os

import botocore.exceptions
from botocore import xform_name


# Debian's boto3 is older than the variable.
STORES = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"]}


def say(**row):
    print(json.dumps(row), flush=True)


def rows(group, calls):
    """Runs calls in order, by the name of the operation; a later one may need what an earlier one wrote."""
    for name, call in calls.items():
        try:
            call()
            say(group=group, name=name, error=None)
        except Exception as error:
            say(group=group, name=name, error=f"{type(error).__name__}: {error}")


def others(group, client, calls, **known):
    """Calls each method that has no row, with the least that its model requires, and prints the code of the error."""
    for operation in client.meta.service_model.operation_names:
        if operation in calls:
            continue
        shape = client.meta.service_model.operation_model(operation).input_shape
        arguments = least(shape) if shape else {}
        arguments.update({name: value for name, value in known.items() if name in arguments})
        try:
            getattr(client, xform_name(operation))(**arguments)
            code = "no error"
        except botocore.exceptions.ClientError as error:
            code = error.response["Error"]["Code"]
        except botocore.exceptions.BotoCoreError as error:
            code = str(error)
        say(group=group, name=operation, unsupported=code)


def least(shape):
    """The smallest value of a shape."""
    if shape.type_name == "structure":
        return {name: least(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [least(shape.member)]
    if shape.type_name == "map":
        return {"x": least(shape.value)}
    if shape.type_name == "timestamp":
        return "2030-01-01T00:00:00Z"
    simple = {"string": "x" * 40, "blob": b"", "boolean": False, "double": 1.0, "float": 1.0}
    return (getattr(shape, "enum", None) or [simple.get(shape.type_name, 1)])[0]


def refused(code, call, **arguments):
    """Asserts that a call fails with a code."""
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
    else:
        raise AssertionError(f"no {code}")


def check(condition):
    assert condition, condition
