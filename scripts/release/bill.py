#!/usr/bin/env python3
"""Writes a CycloneDX bill of materials for the binaries, and the notices that licences require.

    bill.py VERSION RID EPOCH SDK SYSROOT OUT

Packages are those that the restore of each binary resolved (obj/project.assets.json), the runtime that Native AOT links
in, the npm packages of the AWS SDK for functions (SDK), and the Debian libraries of the images (SYSROOT). Writes
OUT/sbom.cdx.json and OUT/THIRD-PARTY-NOTICES.txt. The bill is checked before it is written, and must be valid.
"""
import base64, glob, gzip, json, os, re, subprocess, sys, uuid
import xml.etree.ElementTree as xml
from datetime import datetime, timezone

BINARIES = ["esb", "gateway", "agent", "provisioner", "stores"]
COMMON = "/usr/share/common-licenses"
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
BSD2 = """Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following
conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
   documentation and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON
ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE
USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""


def fail(message):
    sys.exit(f"bill: error: {message}")


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig", errors="replace") as file:
        return file.read()


def first(pattern):
    return next(iter(sorted(glob.glob(pattern))), None)


def licence_file(folder):
    names = sorted(name for name in os.listdir(folder) if re.match(r"(licen[cs]e|copying)", name, re.I))
    return read(os.path.join(folder, names[0])) if names else None


def nuget(root, name, version, sha512, used_by):
    folder = os.path.join(root, name.lower(), version.lower())
    spec = xml.parse(first(f"{folder}/*.nuspec")).getroot()
    text = lambda tag: next((e.text.strip() for e in spec.iter() if e.tag.endswith("}" + tag) and e.text), "")
    element = next((e for e in spec.iter() if e.tag.endswith("}license")), None)
    if element is None:
        fail(f"{name} {version} names no licence")
    identifier = element.text if element.get("type") == "expression" else "SEE-FILE"
    return {"name": name, "version": version, "purl": f"pkg:nuget/{name}@{version}",
            "licence": identifier, "text": licence_file(folder),
            "copyright": text("copyright") or f"Copyright (c) {text('authors')}",
            "hash": base64.b64decode(sha512).hex(), "in": used_by,
            "notices": [read(f) for f in glob.glob(f"{folder}/THIRD-PARTY-NOTICES*")]}


def nuget_packages(rid):
    used, hashes, root = {}, {}, None
    for project in BINARIES:
        binary = "esb" if project == "esb" else f"esb-{project}"
        assets = json.loads(read(f"src/{project}/obj/project.assets.json"))
        root = next(iter(assets["packageFolders"]))
        target = assets["targets"].get(f"net10.0/{rid}") or fail(f"{project} was not restored for {rid}")
        for key, library in target.items():
            if library["type"] == "package" and any(not path.endswith("_._") for path in library.get("runtime", {})):
                used.setdefault(tuple(key.split("/")), []).append(binary)
                hashes[key] = assets["libraries"][key]["sha512"]
        framework = next(iter(assets["project"]["frameworks"].values()))
        for pack in framework.get("downloadDependencies", []):
            served = (pack["name"] == f"Microsoft.AspNetCore.App.Runtime.{rid}"
                      and "Microsoft.AspNetCore.App" in framework["frameworkReferences"])
            if served or pack["name"].lower() == f"microsoft.netcore.app.runtime.nativeaot.{rid}":
                used.setdefault((pack["name"], pack["version"].strip("[]").split(",")[0]), []).append(binary)
    if not any("NativeAOT" in name for name, _ in used):
        fail(f"the restore for {rid} names no runtime")
    for name, version in used:
        if f"{name}/{version}" not in hashes:
            hashes[f"{name}/{version}"] = read(first(f"{root}{name.lower()}/{version}/*.nupkg.sha512")).strip()
    return [nuget(root, name, version, hashes[f"{name}/{version}"], binaries)
            for (name, version), binaries in sorted(used.items())]


def npm_packages(installed, where):
    lock = json.loads(read(f"{installed}/package-lock.json"))
    found = []
    for path, entry in sorted(lock["packages"].items()):
        folder = os.path.join(installed, path)
        if not path or not os.path.isdir(folder):
            continue
        package = json.loads(read(f"{folder}/package.json"))
        author = package.get("author", "")
        author = author if isinstance(author, str) else author.get("name", "")
        name = path.split("node_modules/")[-1]
        # Older packages have an object, or a list of objects.
        licence = package.get("license") or next(iter(package.get("licenses", [])), None)
        licence = licence or fail(f"{name} names no licence")
        licence = licence["type"] if isinstance(licence, dict) else licence
        found.append({"name": name, "version": entry["version"],
                      "purl": f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}",
                      "licence": licence, "text": licence_file(folder), "copyright": f"Copyright (c) {author}",
                      "hash": base64.b64decode(entry["integrity"].removeprefix("sha512-")).hex(),
                      "in": [where], "notices": []})
    return found


def debian_packages(sysroot, rid):
    found = []
    for name, licence in [("libc6", "LGPL-2.1-or-later"), ("libssl3", "Apache-2.0"), ("ca-certificates", "MPL-2.0")]:
        docs = f"{sysroot}/usr/share/doc/{name}"
        log = first(f"{docs}/changelog.Debian.gz") or first(f"{docs}/changelog.gz")
        version = re.match(r"\S+ \(([^)]+)\)", read(log)).group(1)
        arch = "all" if name == "ca-certificates" else {"linux-x64": "amd64", "linux-arm64": "arm64"}[rid]
        found.append({"name": name, "version": version, "purl": f"pkg:deb/debian/{name}@{version}?arch={arch}",
                      "licence": licence, "text": read(f"{docs}/copyright"), "copyright": "", "hash": None,
                      "in": ["the images"], "notices": []})
    return found


def once(packages):
    """A package that is used in two places is one component of the bill, with both places."""
    found = {}
    for package in packages:
        if package["purl"] in found:
            found[package["purl"]]["in"] += package["in"]
        else:
            found[package["purl"]] = package
    return list(found.values())


def licence_entry(licence):
    if licence == "SEE-FILE":
        return {"license": {"name": "see THIRD-PARTY-NOTICES.txt"}}
    return {"expression": licence} if " " in licence else {"license": {"id": licence}}


def component(package):
    one = {"type": "library", "bom-ref": package["purl"], "name": package["name"], "version": package["version"],
           "purl": package["purl"],
           "licenses": [licence_entry(package["licence"])],
           "properties": [{"name": "esb:in", "value": where} for where in package["in"]]}
    if package["hash"]:
        one["hashes"] = [{"alg": "SHA-512", "content": package["hash"]}]
    return one


def bill(version, rid, epoch, packages):
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], text=True).strip()
    reference = f"pkg:generic/esb@{version}?platform={rid}"
    components = [component(package) for package in packages]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"{reference} {commit}")
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{serial}", "version": 1,
            "metadata": {"timestamp": datetime.fromtimestamp(epoch, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "component": {"type": "application", "bom-ref": reference, "name": "esb", "version": version,
                                       "licenses": [{"license": {"id": "MIT"}}],
                                       "properties": [{"name": "esb:commit", "value": commit},
                                                      {"name": "esb:platform", "value": rid}]}},
            "components": components,
            "dependencies": [{"ref": reference, "dependsOn": [one["bom-ref"] for one in components]}]}


def check(document):
    """The rules of CycloneDX 1.5's JSON schema for the content of our bills."""
    wrong = []
    def expect(holds, what):
        if not holds:
            wrong.append(what)
    expect(document["bomFormat"] == "CycloneDX" and document["specVersion"] == "1.5", "bomFormat, specVersion")
    serial = r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    expect(re.fullmatch(serial, document["serialNumber"]), "serialNumber")
    expect(isinstance(document["version"], int) and document["version"] >= 1, "version")
    everything = [document["metadata"]["component"], *document["components"]]
    for one in everything:
        expect(one.get("type") in ("application", "library") and one.get("name") and one.get("version"),
               f"type, name and version of {one}")
        expect(one.get("bom-ref"), f"bom-ref of {one['name']}")
        for digest in one.get("hashes", []):
            expect(digest["alg"] == "SHA-512" and re.fullmatch(r"[0-9a-f]{128}", digest["content"]),
                   f"hash of {one['name']}")
        for entry in one["licenses"]:
            licence = entry.get("license", {})
            expect(("expression" in entry) != ("id" in licence or "name" in licence), f"licence of {one['name']}")
            expect("id" not in licence or re.fullmatch(r"[A-Za-z0-9.+-]+", licence["id"]),
                   f"licence id of {one['name']}")
    references = [one["bom-ref"] for one in everything]
    expect(len(set(references)) == len(references), "bom-refs are not unique")
    for dependency in document["dependencies"]:
        expect({dependency["ref"], *dependency["dependsOn"]} <= set(references), "dependencies name what is not there")
    if wrong:
        fail("the bill of materials is not valid: " + "; ".join(wrong))


def notices(packages):
    lines = ["What ESB's binaries, AWS SDK for Node.js functions and images contain that others wrote, "
             "and its licences.\n"]
    for package in packages:
        title = f"{package['name']} {package['version']}    {package['licence']}    in {', '.join(package['in'])}"
        lines.append("=" * 100 + f"\n{title}\n{package['copyright']}\n")
        if package["text"]:
            lines.append(package["text"])
        elif package["licence"] == "MIT":
            lines.append(MIT)
        elif package["licence"] == "BSD-2-Clause":
            lines.append(BSD2)
        elif package["licence"] in ("Apache-2.0", "BSD-3-Clause", "ISC", "MPL-2.0"):
            lines.append(f"The text of {package['licence']} is at the end.\n")
        else:
            fail(f"no text for the licence {package['licence']} of {package['name']}")
        lines += package["notices"]
    for name, file in (("Apache-2.0", "Apache-2.0"), ("BSD-3-Clause", "BSD"), ("MPL-2.0", "MPL-2.0")):
        lines.append("=" * 100 + f"\nText of {name}\n\n" + read(f"{COMMON}/{file}"))
    return "\n".join(lines)


version, rid, epoch, sdk, sysroot, out = sys.argv[1:]
sdk_packages = npm_packages(sdk, "the AWS SDK for Node.js functions")
packages = once(nuget_packages(rid) + sdk_packages + debian_packages(sysroot, rid))
document = bill(version, rid, int(epoch), packages)
check(document)
with open(f"{out}/sbom.cdx.json", "w") as file:
    json.dump(document, file, indent=1, ensure_ascii=False)
    file.write("\n")
with open(f"{out}/THIRD-PARTY-NOTICES.txt", "w") as file:
    file.write(notices(packages))
print(f"bill: {rid}: {len(packages)} packages of others")
