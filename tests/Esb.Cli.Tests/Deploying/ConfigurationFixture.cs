using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Deploying;

/// <summary>A real configuration folder, and a real program instead of the provisioner.</summary>
internal sealed class ConfigurationFixture : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-deploying-").FullName;

    public string Folder => Path.Combine(_root, "config");

    public string Log => Path.Combine(_root, "provisioner.log");

    public static LockRequest Lock => new("esb deploy -t test.yml", Waits.Longest, null);

    /// <summary>A provisioner that records its input, prints one line and exits with the code.</summary>
    public ProvisionerProcess Provisioner(int exitCode = 0, string more = "")
    {
        var program = Path.Combine(_root, $"provisioner-{Guid.NewGuid():N}");
        var script = $"#!/bin/sh\necho \"$RESOURCES_YML $CONFIG_DIR $AWS_REGION\" >> {Log}\necho 'table orders "
            + $"created'\necho 'why it went wrong' >&2\n{more}\nexit {exitCode}\n";
        File.WriteAllText(program, script);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ProvisionerProcess(program, new Dictionary<string, string?> { ["AWS_REGION"] = "eu-test-1" });
    }

    public Task<TransactionResult> DeployAsync(IncomingConfiguration incoming, IProvisioner? provisioner = null) =>
        new DeployTransaction(Folder, provisioner ?? Provisioner()).RunAsync(incoming, Lock, CancellationToken.None);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, name), text);
    }

    /// <summary>The content and time of each of the three files.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. new DirectoryInfo(Folder).GetFiles("*.yml").OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => $"{f.Name} {f.LastWriteTimeUtc:O} {File.ReadAllText(f.FullName)}"),
        ];

    public string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>A function with a route and a table, all named after it.</summary>
    public static IncomingConfiguration Incoming(string name, string revision = "00000001", string? path = null) => new(
        Yaml($"resources:\n  dynamodb:\n    - {{ TableName: {name}, KeySchema: [ {{ AttributeName: id, KeyType: "
            + $"HASH }} ] }}\n"),
        Yaml($"functions:\n  {name}:\n    code: /srv/{name}\n    runtime: python3.12\n    handler: "
            + $"app.handler\n    revision: '{revision}'\n"),
        Yaml($"routes:\n  - {{ path: '{path ?? "/" + name}', method: GET, function: {name} }}\n"));

    private static YamlMapping Yaml(string text) =>
        (YamlMapping)YamlReader.Read(text, "incoming.yml", new DiagnosticBag())!;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
