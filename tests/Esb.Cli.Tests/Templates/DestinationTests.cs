using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>Messages about destinations, and about secrets.</summary>
internal sealed class DestinationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-destination-").FullName;

    [Test]
    [Arguments(
        "EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: Lambda, Destination: "
            + "'arn:aws:lambda:eu-west-1:123456789012:function:other' } } }", "on_failure")]
    [Arguments(
        "EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: Lambda, Destination: "
            + "'arn:aws:lambda:eu-west-1:123456789012:function:other' } } }", "on_success")]
    public async Task A_missing_destination_is_reported_and_refused_by_strict_unless_another_template_has_it(
        string property,
        string kind)
    {
        var (main, other) = (Template("main", "F", property), Template("other", "O", "FunctionName: other"));
        var loose = await RunAsync("validate", "-t", main);
        await Assert.That((loose.ExitCode, loose.Text.Contains(
            $"warning: F: {kind}: the function 'other' is in none of the templates",
            StringComparison.Ordinal), loose.Text.Contains(", 1 ignored", StringComparison.Ordinal)))
            .IsEqualTo((0, true, true));
        var strict = await RunAsync("validate", "--strict", "-t", main);
        await Assert.That((strict.ExitCode, strict.Text.Contains(
            $"error: F: {kind}: the function 'other'", StringComparison.Ordinal))).IsEqualTo((2, true));
        await Assert.That((await RunAsync("validate", "--strict", "-t", main, "-t", other)).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_secret_is_shown_neither_in_a_message_nor_in_the_quoted_line()
    {
        var file = Template("secret", "F", "MemorySize: !Ref Pw", "Parameters:\n  Pw: { Type: String, NoEcho: true, "
            + "AllowedPattern: '[a-z]+', Default: 'T0P SECRET' }\n");
        foreach (string[] more in (string[][])[
            [], ["--json"], ["--verbose"], ["--parameter-overrides", "Pw='T0P SECRET'"],
        ])
        {
            var result = await RunAsync(["validate", "-t", file, .. more]);
            await Assert.That(result.ExitCode).IsEqualTo(2);
            await Assert.That(result.Text).Contains("****").And.DoesNotContain("T0P");
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Template(string name, string id, string properties, string sections = "")
    {
        var file = Path.Combine(_root, $"{name}.yaml");
        Directory.CreateDirectory(Path.Combine(_root, "src"));
        File.WriteAllText(Path.Combine(_root, "src", "a.py"), "def b(event, context): return {}\n");
        File.WriteAllText(
            file,
            $"Transform: AWS::Serverless-2016-10-31\n{sections}Resources:\n  {id}: {{ Type: AWS::Serverless::Function, "
                + $"Properties: {{ CodeUri: src, Handler: a.b, Runtime: python3.12, {properties} }} }}\n");
        return file;
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(params string[] arguments)
    {
        using var text = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            arguments, new Screen(text, text, ScreenTraits.Plain), CancellationToken.None);
        return (exitCode, text.ToString());
    }
}
