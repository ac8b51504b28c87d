using System.Text.Json;
using Esb.Cli.Tests.Platform;
using Esb.Schema.Files;

namespace Esb.Cli.Tests.Revisions;

/// <summary>
/// A project with one template, deployed by the whole command without a platform; a shell script replaces the
/// provisioner.
/// </summary>
internal sealed class RevisionFixture : IDisposable
{
    private const string Template = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: NAME
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.12
              Environment: { Variables: { SECRET: VALUE } }
              Events:
                Get: { Type: Api, Properties: { Path: /NAME, Method: GET } }
          Table:
            Type: AWS::Serverless::SimpleTable
            Properties: { TableName: NAME }

        """;

    public RevisionFixture()
    {
        Write(
            "bin/esb-provisioner", $"#!/bin/sh\necho run >> {Root}/provisioned\nexit $(cat {Root}/provisioner-exit)\n");
        File.SetUnixFileMode(
            At("bin/esb-provisioner"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write("provisioner-exit", "0");
        Settings("");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("esb-revisions-").FullName;

    public string Config => At("config");

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Settings in addition to the usual ones.</summary>
    public void Settings(string more) => Write(
        "settings.env",
        $"ESB_STATE_DIR={Root}/state\nESB_BIN_DIR={Root}/bin\nCONFIG_DIR={Root}/config\n"
            + $"GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\nAWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:1\n{more}");

    public Task<LocalPlatform.Run> EsbAsync(params string[] arguments) =>
        LocalPlatform.RunAsync([.. arguments, "--env-file", At("settings.env")]);

    /// <summary>Deploys a function with a route and a table, all with that name, whose code has that text.</summary>
    public async Task DeployAsync(string name, string code, params string[] more)
    {
        Write($"{name}/src/app.py", $"def handler(event, context): return '{code}'\n");
        Write($"{name}/template.yaml", Template.Replace("NAME", name, StringComparison.Ordinal)
            .Replace("python3.12", await MachineRuntime.PythonAsync(), StringComparison.Ordinal)
            .Replace("VALUE", "secret-of-" + code, StringComparison.Ordinal));
        var run = await EsbAsync(
            ["deploy", "-t", At($"{name}/template.yaml"), .. more.Contains("-o") ? more : [.. more, "-o", At("out")]]);
        if (run.ExitCode != 0)
            throw new InvalidOperationException(run.ToString());
    }

    /// <summary>
    /// Marks the platform as an earlier version did when several environments were deployed to it: with the last one.
    /// </summary>
    public void Mark(string environment) => Write("config/.environment", environment + "\n");

    /// <summary>The bytes of the three files, as text.</summary>
    public IReadOnlyDictionary<string, string> Files() =>
        ConfigurationFiles.Names.ToDictionary(
            n => n, n => File.Exists(Path.Combine(Config, n)) ? File.ReadAllText(Path.Combine(Config, n)) : "");

    /// <summary>The code of a function that functions.yml names.</summary>
    public string CodeOf(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Config, "functions.yml"));
        var code = lines.SkipWhile(l => l != $"  {name}:").First(l => l.Contains(" code: ", StringComparison.Ordinal))
            .Split(": ")[1];
        return File.ReadAllText(Path.Combine(code, "app.py"));
    }

    /// <summary>Everything below the configuration folder and the staged code, with times.</summary>
    public IReadOnlyList<string> Everything() =>
        [
            .. new[] { Config, At("state") }.Where(Directory.Exists)
                .SelectMany(f => new DirectoryInfo(f).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
                .Select(e => $"{e.FullName} {e.LastWriteTimeUtc:O}"),
        ];

    /// <summary>The staged folders of code, by their paths below the state folder.</summary>
    public IReadOnlyList<string> Code() => [
        .. Directory.GetFiles(At("state/test/code"), "app.py", SearchOption.AllDirectories)
            .Select(f => Path.GetDirectoryName(f)!)
            .Order(StringComparer.Ordinal),
    ];

    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await EsbAsync([.. arguments, "--json"]);
        return run.ExitCode is 0 or 3
            ? JsonDocument.Parse(run.Output).RootElement
            : throw new InvalidOperationException(run.ToString());
    }

    /// <summary>The numbers of all revisions, the newest first.</summary>
    public async Task<IReadOnlyList<int>> NumbersAsync() => [
        .. (await JsonAsync("history")).GetProperty("revisions").EnumerateArray()
            .Select(r => r.GetProperty("revision").GetInt32()),
    ];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
