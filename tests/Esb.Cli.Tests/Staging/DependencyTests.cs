using System.IO.Compression;
using System.Text;

namespace Esb.Cli.Tests.Staging;

internal sealed class DependencyTests
{
    [Test]
    public async Task Requirements_are_installed_next_to_a_copy_and_the_original_code_is_unchanged()
    {
        using var folder = new CodeFolder { IsProject = true }.With("app.py", "import greeting");
        Wheel(Path.Combine(folder.Root, "wheels"), "greeting", "text = 'hello'");
        folder.With("requirements.txt", "# ours\n--no-index\n--find-links ../wheels\ngreeting==1.0\n");
        var staged = await folder.StageAsync("python3.11");
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "greeting/__init__.py")))
            .IsEqualTo("text = 'hello'");
        await Assert.That(Directory.GetFileSystemEntries(folder.Code).Length).IsEqualTo(2);
        await Assert.That((await folder.StageAsync("python3.11"))!.Reused).IsTrue();
    }

    [Test]
    public async Task A_requirement_that_cannot_be_installed_is_an_error_with_pip_s_last_lines_and_nothing_is_staged()
    {
        using var folder = new CodeFolder().With("app.py", "")
            .With("requirements.txt", "--no-index\nno-such-package-anywhere==9.9\n");
        await Assert.That(await folder.StageAsync("python3.11")).IsNull();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7: error: Orders:")
            .And.Contains("no-such-package-anywhere");
        await Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    public async Task A_file_with_only_comments_installs_nothing()
    {
        using var folder = new CodeFolder().With("app.py", "").With("requirements.txt", "# none\n\n");
        var staged = (await folder.StageAsync("python3.11"))!;
        await Assert.That(Directory.GetFileSystemEntries(staged.Folder).Length).IsEqualTo(2);
    }

    [Test]
    public async Task Npm_installs_what_package_json_names()
    {
        using var folder = new CodeFolder()
            .With("index.js", "require('greeting')")
            .With("greeting/package.json", """{"name":"greeting","version":"1.0.0"}""")
            .With("greeting/index.js", "exports.text = 'hello'")
            .With(
                "package.json",
                """{"name":"orders","version":"1.0.0","dependencies":{"greeting":"file:./greeting"}}""");
        var staged = await folder.StageAsync("nodejs20.x");
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "node_modules/greeting/index.js")))
            .IsEqualTo("exports.text = 'hello'");
    }

    [Test]
    public async Task Existing_modules_are_kept_and_npm_does_not_run()
    {
        using var folder = new CodeFolder()
            .With("index.js", "")
            .With("package.json", """{"dependencies":{"no-such-package-anywhere":"1.0.0"}}""")
            .With("node_modules/no-such-package-anywhere/index.js", "mine");
        var staged = await folder.StageAsync("nodejs20.x");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(
            staged!.Folder, "node_modules/no-such-package-anywhere/index.js"))).IsEqualTo("mine");
    }

    [Test]
    public async Task A_package_json_that_is_not_json_is_an_error_with_its_line()
    {
        using var folder = new CodeFolder().With("index.js", "").With("package.json", "{\n  oops\n}");
        await Assert.That(await folder.StageAsync("nodejs20.x")).IsNull();
        await Assert.That(folder.Messages).Contains("package.json is not JSON: line 2");
    }

    [Test]
    [Arguments("[]", "package.json: it must be an object, but is Array")]
    [Arguments(
        "{ \"dependencies\": \"x\" }",
        "package.json: 'dependencies' must be an object of names and versions, but is String")]
    [Arguments(
        "{ \"dependencies\": { \"a\": 1 } }",
        "package.json: the version of 'a' in 'dependencies' must be text, but is Number")]
    public async Task A_package_json_of_another_form_is_an_error(
        string text,
        string message)
    {
        using var folder = new CodeFolder().With("index.js", "").With("package.json", text);
        await Assert.That(await folder.StageAsync("nodejs20.x")).IsNull();
        await Assert.That(folder.Messages).Contains(message);
    }

    // A wheel (PEP 427) is a zip archive with three metadata files.
    private static void Wheel(string folder, string name, string module)
    {
        Directory.CreateDirectory(folder);
        using var wheel = new ZipArchive(
            File.Create(Path.Combine(folder, $"{name}-1.0-py3-none-any.whl")), ZipArchiveMode.Create);
        void Add(string path, string text)
        {
            using var entry = wheel.CreateEntry(path).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        Add($"{name}/__init__.py", module);
        Add($"{name}-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
        Add(
            $"{name}-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add(
            $"{name}-1.0.dist-info/RECORD",
            $"{name}/__init__.py,,\n{name}-1.0.dist-info/METADATA,,\n{name}-1.0.dist-info/WHEEL,,\n"
                + $"{name}-1.0.dist-info/RECORD,,\n");
    }
}
