#!/usr/bin/env python3
"""Writes container images as one archive for `docker load`, without an engine: the last stage of each Dockerfile, on an
empty base.

    image_archive.py VERSION REVISION ARCH EPOCH FOLDER OUT.tar NAME …

FOLDER/NAME has the files of the image from scripts/image-files.sh. The archive has the form of `docker save`: an OCI
layout with the older manifest.json next to it, so that Docker, containerd and Podman read it. The same input results in
the same bytes.
"""
import hashlib, io, json, os, re, shlex, sys, tarfile
from datetime import datetime, timezone

OCI = "application/vnd.oci.image"
UNITS = {"s": 10**9, "m": 60 * 10**9}


def fail(message):
    sys.exit(f"image_archive: error: {message}")


def instructions(dockerfile, values):
    """The instructions of the last stage, with the values of its arguments."""
    text = re.sub(r"^\s*#.*\n", "", open(dockerfile).read(), flags=re.M).replace("\\\n", " ")
    stage = re.split(r"^FROM ", text, flags=re.M)[-1]
    if not stage.startswith("scratch\n"):
        fail(f"{dockerfile}: the last stage is not FROM scratch")
    for line in stage.splitlines()[1:]:
        if line.strip():
            word, rest = line.split(None, 1)
            yield word, re.sub(r"\$\{(\w+)\}", lambda m: values[m.group(1)], rest.strip())


def healthcheck(rest):
    options, command = rest.split(" CMD ", 1)
    check = {"Test": ["CMD", *json.loads(command)]}
    for option in options.split():
        name, value = option.removeprefix("--").split("=")
        key = {"interval": "Interval", "timeout": "Timeout", "start-period": "StartPeriod", "retries": "Retries"}[name]
        check[key] = int(value) if name == "retries" else int(value[:-1]) * UNITS[value[-1]]
    return check


def layer(copies, folder, epoch):
    """One layer with the files that the stage copies. Source: OCI Image Layer Specification."""
    entries = {}
    for source, target, owner in copies:
        base = os.path.join(folder, source)
        for path, folders, files in os.walk(base):
            for name in sorted(folders) + sorted(files):
                full = os.path.join(path, name)
                entries[os.path.join(target, os.path.relpath(full, base)).lstrip("/")] = (full, owner)
    output = io.BytesIO()
    parents = {os.path.dirname(target.strip("/") + "/") for _, target, _ in copies} - {""} - entries.keys()
    with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(parents):
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode, entry.mtime = tarfile.DIRTYPE, 0o755, epoch
            archive.addfile(entry)
        for name in sorted(entries):
            full, owner = entries[name]
            entry = archive.gettarinfo(full, name)
            entry.uid, entry.gid = owner
            entry.uname = entry.gname = ""
            entry.mtime = epoch
            with open(full, "rb") if entry.isreg() else io.BytesIO() as content:
                archive.addfile(entry, content if entry.isreg() else None)
    return output.getvalue()


def image(name, version, revision, arch, epoch, folder):
    config, copies = {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], "Labels": {}}, []
    for word, rest in instructions(f"images/{name}/Dockerfile", {"VERSION": version, "REVISION": revision}):
        if word == "LABEL":
            config["Labels"] |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif word == "COPY":
            owner = re.search(r"--chown=(\d+):(\d+)", rest)
            source, target = rest.split()[-2:]
            ids = tuple(map(int, owner.groups())) if owner else (0, 0)
            copies.append((source.removeprefix("/files/"), target, ids))
        elif word == "USER":
            config["User"] = rest
        elif word == "EXPOSE":
            config["ExposedPorts"] = {f"{rest}/tcp": {}}
        elif word == "ENTRYPOINT":
            config["Entrypoint"] = json.loads(rest)
        elif word == "HEALTHCHECK":
            config["Healthcheck"] = healthcheck(rest)
        elif word != "ARG":
            fail(f"images/{name}/Dockerfile: {word} is not known here")
    content = layer(copies, f"{folder}/{name}", epoch)
    created = datetime.fromtimestamp(epoch, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    document = {"created": created, "architecture": arch, "os": "linux", "config": config,
                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(content).hexdigest()]},
                "history": [{"created": created, "created_by": f"scripts/release.sh {version}"}]}
    return content, json.dumps(document, sort_keys=True).encode()


def archive(names, version, revision, arch, epoch, folder, out):
    blobs, manifests, index = {}, [], []
    def blob(content):
        digest = hashlib.sha256(content).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = content
        return digest
    for name in names:
        content, document = image(name, version, revision, arch, epoch, folder)
        data, config = blob(content), blob(document)
        tag = f"esb-{name}:{version}"
        manifest = json.dumps({
            "schemaVersion": 2, "mediaType": f"{OCI}.manifest.v1+json",
            "config": {"mediaType": f"{OCI}.config.v1+json", "digest": f"sha256:{config}", "size": len(document)},
            "layers": [{"mediaType": f"{OCI}.layer.v1.tar", "digest": f"sha256:{data}", "size": len(content)}],
        }).encode()
        index.append({
            "mediaType": f"{OCI}.manifest.v1+json", "digest": f"sha256:{blob(manifest)}", "size": len(manifest),
            "platform": {"architecture": arch, "os": "linux"},
            "annotations": {"io.containerd.image.name": f"docker.io/library/{tag}",
                            "org.opencontainers.image.ref.name": version}})
        manifests.append({"Config": f"blobs/sha256/{config}", "RepoTags": [tag], "Layers": [f"blobs/sha256/{data}"]})
    index_file = {"schemaVersion": 2, "mediaType": f"{OCI}.index.v1+json", "manifests": index}
    files = blobs | {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "manifest.json": json.dumps(manifests).encode(),
                     "index.json": json.dumps(index_file).encode()}
    with tarfile.open(out, "w", format=tarfile.USTAR_FORMAT) as result:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(files[name]), epoch, 0o644
            result.addfile(entry, io.BytesIO(files[name]))


version, revision, arch, epoch, folder, out, *names = sys.argv[1:]
archive(names, version, revision, arch, int(epoch), folder, out)
