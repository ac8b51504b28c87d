using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Settings;

/// <summary>
/// Files with settings or secrets that are not part of any code, whichever environment they belong to.
/// </summary>
public sealed class SettingFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-setting-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Settings_of_other_environments_are_found_and_examples_are_not()
    {
        string[] settings = [".env", ".env.dev", ".env.prod.local", "samconfig.toml", "samconfig-prod.yaml"];
        string[] others =
        [
            ".env.example", ".env.sample", ".env.template", ".env.dist", ".env.prod.example", ".environment", "env",
            "app.py", "samconfig.py", ".envrc",
        ];
        foreach (var name in settings.Concat(others))
            Write(name, "AWS_SECRET_ACCESS_KEY=1");
        Write("prod.env", "# keys\nexport AWS_SECRET_ACCESS_KEY=1\n");
        Write("port.env", "GATEWAY_PORT=8081\n");
        Write("app.env", "COLOUR=red\n");

        await Assert.That(SettingFiles.In([_root, _root + "/."])).IsEquivalentTo(
            settings.Concat(["prod.env", "port.env"]).Select(At));
        await Assert.That(SettingFiles.In([At("absent")])).IsEmpty();
    }

    [Test]
    public async Task Keys_and_logs_are_named_by_settings_of_every_environment()
    {
        foreach (var name in new[] { "tls/key.pem", "tls/cert.pem", "tls/more.pem", "access.log", "access.log.1" })
            Write(name, "x");
        Write(".env", $"TLS_KEY_FILE=tls/key.pem\nACCESS_LOG={At("access.log")}\n");
        Write(".env.dev", $"TLS_CERT_FILE=\"{At("tls/cert.pem")}\"\nTLS_KEY_FILE=\n");
        Write(".env.docker", "TLS_DIR=./tls\n");

        await Assert.That(Named(".env")).IsEquivalentTo(
            [At("tls/key.pem"), At("access.log.1"), At("access.log")]);
        await Assert.That(Named(".env.dev")).IsEquivalentTo([At("tls/cert.pem")]);
        await Assert.That(Named(".env.docker")).IsEquivalentTo(
            [At("tls/key.pem"), At("tls/cert.pem"), At("tls/more.pem")]);
        await Assert.That(Named("absent")).IsEmpty();
    }

    // The environment of the test may name further files.
    private IEnumerable<string> Named(string settings) => SettingFiles.NamedBy([At(settings)])
        .Where(path => path.StartsWith(_root, StringComparison.Ordinal) && File.Exists(path));

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private string At(string name) => Path.Combine(_root, name);
}
