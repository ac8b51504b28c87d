using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Tests.Platform;
using Esb.Schema.Functions;

namespace Esb.Cli.Tests.Deploying;

/// <summary>Functions of process mode whose code lacks the file that their runtime starts.</summary>
internal sealed class UnstartableFunctionTests
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Test]
    [Arguments("python3.12", "app.handler", "app.py", null)]
    [Arguments("python3.12", "src/app.handler", "src/app.py", null)]
    [Arguments("python3.12", "app.handler", "app/__init__.py", null)]
    [Arguments("python3.12", "app.handler", "@/python/app.py", null)]
    [Arguments("python3.12", "nope.handler", "app.py", "the handler 'nope.handler' needs "
        + "*/nope.py, which does not exist")]
    [Arguments("nodejs20.x", "index.handler", "index.mjs", null)]
    [Arguments("nodejs20.x", "src/v1.2/app.handler", "src/v1.js", "the handler 'src/v1.2/app.handler' needs "
        + "*/src/v1.2/app.js, which does not exist")]
    [Arguments("nodejs20.x", "/opt/nodejs/run.handler", "app.py", null)]
    [Arguments("provided.al2023", "", "bootstrap!", null)]
    [Arguments("provided.al2023", "", "@/bootstrap!", null)]
    [Arguments("provided.al2023", "", "bootstrap", "*/bootstrap is not executable")]
    [Arguments("provided.al2023", "", "run!", "* has no executable file named bootstrap")]
    [Arguments("java21", "a.B::c", "app.py", null)]
    public async Task A_missing_file_is_reported(string runtime, string handler, string file, string? reason)
    {
        using var folders = new TemporaryFolders();
        var (code, layer) = (folders.Of("code"), folders.Of("layer"));
        var path = file.StartsWith('@') ? Path.Join(layer, file[1..]) : Path.Combine(code, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path.TrimEnd('!'), "");
        if (path.EndsWith('!'))
            File.SetUnixFileMode(path[..^1], Executable);
        var found = Of(new FunctionDefinition
        {
            Name = "f",
            Code = code,
            Runtime = runtime,
            Handler = handler,
            Layers = [layer],
        });
        await Assert.That(found).IsEqualTo(reason?.Replace("*", code, StringComparison.Ordinal));
    }

    [Test]
    public async Task Functions_of_images_and_missing_folders_are_left_to_other_checks()
    {
        using var folders = new TemporaryFolders();
        var code = folders.Of("code");
        var function = new FunctionDefinition
        {
            Name = "f",
            Code = code,
            Runtime = "python3.12",
            Handler = "app.handler",
        };
        await Assert.That(Of(function)).IsNotNull();
        await Assert.That(Of(function with { Image = "x" })).IsNull();
        await Assert.That(Of(function with { Code = code + "/gone" })).IsNull();
        await Assert.That(Of(function with { Layers = [code + "/gone"] })).IsNull();
        await Assert.That(Of(function with { Code = "relative" })).IsNull();
        await Assert.That(Of(function with { Runtime = null })).IsNull();
    }

    [Test]
    public async Task A_deploy_warns_and_a_strict_one_refuses_where_functions_run_from_folders()
    {
        using var folder = new ConfigurationFixture();
        using var folders = new TemporaryFolders();
        folder.Write("functions.yml", "functions:\n  byhand:\n    code: " + folders.Of("code")
            + "\n    runtime: provided.al2023\n");
        var before = folder.Files();
        Task<TransactionResult> DeployAsync(bool isStrict, bool runsFolders) =>
            new DeployTransaction(folder.Folder, folder.Provisioner()) { Strict = isStrict, RunsFolders = runsFolders }
                .RunAsync(ConfigurationFixture.Incoming("orders"), ConfigurationFixture.Lock, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<CommandFailure>(() => DeployAsync(isStrict: true, runsFolders: true));
        await Assert.That($"{refused!.Diagnostics.Single()}").Contains("functions.yml:2:")
            .And.Contains("byhand: each call fails: ").And.Contains("has no executable file named bootstrap");
        await Assert.That(folder.Files()).IsEquivalentTo(before);
        await Assert.That((await DeployAsync(isStrict: true, runsFolders: false)).Plan.Warnings).IsEmpty();
        await Assert.That((await DeployAsync(isStrict: false, runsFolders: true)).Plan.Warnings.Count).IsEqualTo(1);
    }

    [Test]
    public async Task The_doctor_reports_them()
    {
        await using var platform = new LocalPlatform();
        using var folders = new TemporaryFolders();
        Directory.CreateDirectory(platform.Settings.ConfigFolder);
        await File.WriteAllTextAsync(
            Path.Combine(platform.Settings.ConfigFolder, "functions.yml"),
            $"functions:\n  a: {{ code: {folders.Of("code")}, runtime: python3.12, handler: nope.handler }}\n");
        await Assert.That((await platform.AskAsync("doctor")).Output)
            .Contains("\nwarn  configuration  functions whose every call fails: a (the handler 'nope.handler' needs ");
    }

    private static string? Of(FunctionDefinition function) => UnstartableFunction.Of(
        new Dictionary<string, FunctionDefinition> { [function.Name] = function }).SingleOrDefault()?.Reason;

    private sealed class TemporaryFolders : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("esb-unstartable-").FullName;

        public string Of(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
