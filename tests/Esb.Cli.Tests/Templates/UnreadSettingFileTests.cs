using Esb.Cli.Commands;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>A file whose name resembles that of one that is read is reported as not read.</summary>
internal sealed class UnreadSettingFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-unread-").FullName;

    [Test]
    [Arguments("esb-values.yml")]
    [Arguments("esb-value.yaml")]
    [Arguments("esb_values.yaml")]
    [Arguments("esb-vaules.yaml")]
    [Arguments("ESB-Values.yaml")]
    [Arguments("esb-values.json")]
    [Arguments("esb-values.yaml")]
    [Arguments("samconfig.json")]
    [Arguments("samconfig")]
    [Arguments("samconfig.tml")]
    [Arguments("Samconfig.toml")]
    [Arguments("sam-config.yaml")]
    [Arguments("samconfgi.toml")]
    public async Task A_near_miss_is_a_warning_that_strict_refuses(string name)
    {
        await WriteAsync(name, "");
        await Assert.That(UnreadSettingFiles.In(_root, valuesAreNamed: false).Select(d => d.ToString()).Single())
            .Contains($"{name}: warning: is not read");
        await WriteAsync("template.yaml", "Resources:\n  T: { Type: AWS::SNS::Topic }\n");
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] command = ["validate", "-t", Path.Combine(_root, "template.yaml"), "--strict"];
        var exitCode = await CommandLine.RunAsync(
            command, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        await Assert.That(exitCode).IsNotEqualTo(0);
        await Assert.That(output.ToString() + error).Contains($"{name}: ").And.Contains("is not read");
    }

    [Test]
    [Arguments("samconfig.toml")]
    [Arguments("samconfig.yaml")]
    [Arguments("samconfig.yml")]
    [Arguments("samconfig.toml.bak")]
    [Arguments("samconfig.toml~")]
    [Arguments("config.toml")]
    [Arguments("tsconfig.json")]
    [Arguments("appconfig.json")]
    [Arguments("web-values.yaml")]
    [Arguments("values.yaml")]
    [Arguments("package.json")]
    public async Task Other_files_are_left_alone(string name)
    {
        await WriteAsync(name, "");
        await Assert.That(UnreadSettingFiles.In(_root, valuesAreNamed: false)).IsEmpty();
    }

    [Test]
    public async Task If_the_file_of_values_is_named_explicitly_others_next_to_it_are_accepted()
    {
        await WriteAsync("esb-values.yml", "");
        await Assert.That(UnreadSettingFiles.In(_root, valuesAreNamed: true)).IsEmpty();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_root, name), text);
}
