"""Which of the machine's packages a function sees: those that Lambda's Python brings beside its standard library, and no others.

What else happens to be installed would let a function work here that fails on AWS.
"""
import os
import sys

# The SDK and what it needs. Source: AWS, "Building Lambda functions with Python", runtime-included SDK versions.
_MODULES = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six"))
_DISTRIBUTIONS = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "urllib3", "six"))


def hide(path):
    """What is left of a search path that the machine's Python began with; the SDK is found nevertheless, after all of it."""
    library = os.path.dirname(os.__file__)
    given = [os.path.abspath(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    kept = [folder for folder in path if folder in given or _is_standard(folder, library)]
    finder = next((f for f in sys.meta_path if getattr(f, "__name__", "") == "PathFinder"), None)
    # A .pth file may have added finders of its own, for packages that somebody is working on.
    sys.meta_path[:] = [f for f in sys.meta_path if getattr(f, "__module__", "").startswith("_frozen_importlib")]
    if finder is not None:
        sys.meta_path.append(_Sdk(finder, [folder for folder in path if folder not in kept]))
    return kept


def _is_standard(folder, library):
    above = os.path.dirname(library)
    return folder in (library, library + "/lib-dynload") or (folder.endswith(".zip") and os.path.dirname(folder) == above)


class _Sdk:
    def __init__(self, finder, folders):
        self._finder = finder
        self._folders = folders

    def find_spec(self, name, path=None, target=None):
        if path is None and (name in _MODULES or (name == "certifi" and self._needs_certificates())):
            return self._finder.find_spec(name, self._folders, target)
        return None

    # Distributions of Linux take botocore's own certificates out; then it asks certifi.
    def _needs_certificates(self):
        botocore = self._finder.find_spec("botocore", self._folders)
        return botocore is not None and not os.path.exists(os.path.join(os.path.dirname(botocore.origin), "cacert.pem"))

    def find_distributions(self, context=None):
        name = getattr(context, "name", None)
        if name is None or name.lower().replace("_", "-") not in _DISTRIBUTIONS:
            return ()
        from importlib.metadata import DistributionFinder, MetadataPathFinder

        return MetadataPathFinder.find_distributions(DistributionFinder.Context(name=name, path=self._folders))
