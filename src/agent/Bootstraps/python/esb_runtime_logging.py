"""The root handler of logging, in the format of AWS's Python runtime."""
import sys
import time

import esb_runtime


def setup(logging):
    class RequestId(logging.Filter):
        def filter(self, record):
            record.aws_request_id = esb_runtime.current_request_id
            return True

    class Standard(logging.StreamHandler):
        """Writes to what sys.stdout is at the time of writing."""

        def __init__(self):
            logging.Handler.__init__(self)

        @property
        def stream(self):
            return sys.stdout

    handler = Standard()
    line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
    formatter = logging.Formatter(line, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(RequestId())
    logging.root.addHandler(handler)
