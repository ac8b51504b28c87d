using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>A checkout may contain links: no command writes through them, whatever their targets.</summary>
internal sealed class ProjectLinkTests : IDisposable
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { InlineCode: 'def h(e, c): return 1', Handler: index.h, Runtime: python3.12 } }

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-links-").FullName;

    public ProjectLinkTests()
    {
        Directory.CreateDirectory(At("checkout/.git"));
        Directory.CreateDirectory(At("victim"));
        File.WriteAllText(At("victim/functions.yml"), "keep");
        File.WriteAllText(At("checkout/template.yaml"), Template);
    }

    public static IEnumerable<Func<(string Link, string Target, string[] Command)>> Ways() =>
    [
        () => ("out", "victim", ["generate", "-t", "checkout/template.yaml", "-o", "checkout/out"]),
        () => ("out", "victim", ["generate", "-t", "checkout/template.yaml", "-o", "checkout/out/dev"]),
        () => (".esb", "victim", ["deploy", "-t", "checkout/template.yaml", "-o", "checkout/.esb/dev"]),
        () => (".esb/dev", "victim", ["deploy", "-t", "checkout/template.yaml", "-o", "checkout/.esb/dev"]),
        () =>
            (".esb/dev", "victim", ["deploy", "--dry-run", "-t", "checkout/template.yaml", "-o", "checkout/.esb/dev"]),
        () => (".esb/dev", "victim", ["build", "-t", "checkout/template.yaml", "-o", "checkout/.esb/dev"]),
        () => ("o/functions.yml", "victim/functions.yml", [
            "generate", "-t", "checkout/template.yaml", "-o", "checkout/o",
        ]),
        () => ("o/receipt.json", "victim/none", ["generate", "-t", "checkout/template.yaml", "-o", "checkout/o"]),
        () => ("new", "victim", ["init", "checkout/new"]),
        () => ("new/src", "victim", ["init", "checkout/new"]),
        () =>
            ("site.esb", "victim/functions.yml", ["bundle", "-t", "checkout/template.yaml", "-o", "checkout/site.esb"]),
        () => ("o", "victim", ["bundle", "-t", "checkout/template.yaml", "-o", "checkout/o/site.esb"]),
        () => ("o", "victim", ["support-bundle", "-o", "checkout/o/bundle.tar.gz"]),
    ];

    [Test]
    [MethodDataSource(nameof(Ways))]
    public async Task A_link_of_a_checkout_is_refused_by_its_path_and_nothing_is_written(
        string link,
        string target,
        string[] command)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At($"checkout/{link}"))!);
        File.CreateSymbolicLink(At($"checkout/{link}"), At(target));
        // Another checkout inside the first does not make the link one of the user.
        Directory.CreateDirectory(At("victim/.git"));
        var (exitCode, error) = await RunAsync(
            [.. command.Select(c => c.StartsWith("checkout/", StringComparison.Ordinal) ? At(c) : c)]);
        await Assert.That((exitCode, error.Contains(
            $"{At($"checkout/{link}")} is a link, and esb writes through no link of a project",
            StringComparison.Ordinal))).IsEqualTo((2, true));
        await Assert.That(Directory.GetFileSystemEntries(At("victim")).Length).IsEqualTo(2);
        await Assert.That(await File.ReadAllTextAsync(At("victim/functions.yml"))).IsEqualTo("keep");
    }

    [Test]
    public async Task A_new_functions_file_is_readable_for_its_owner_only_in_a_folder_that_others_may_read()
    {
        Directory.CreateDirectory(At("open"), (UnixFileMode)0b111_101_101);
        var (exitCode, error) = await RunAsync("generate", "-t", At("checkout/template.yaml"), "-o", At("open"));
        await Assert.That((exitCode, error)).IsEqualTo((0, ""));
        await Assert.That(File.GetUnixFileMode(At("open/functions.yml")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task Links_to_the_checkout_are_the_user_s_own_and_allowed()
    {
        File.CreateSymbolicLink(At("way"), At("checkout"));
        await Assert.That((await RunAsync("generate", "-t", At("way/template.yaml"), "-o", At("way/out"))).ExitCode)
            .IsEqualTo(0);
        await Assert.That(File.Exists(At("checkout/out/functions.yml"))).IsTrue();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string At(string path) => Path.Combine(_root, path);

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            arguments, new Screen(TextWriter.Null, error, ScreenTraits.Plain), CancellationToken.None);
        return (exitCode, error.ToString());
    }
}
