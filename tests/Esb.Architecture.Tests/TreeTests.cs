using System.Xml.Linq;

namespace Esb.Architecture.Tests;

public sealed class TreeTests
{
    private static readonly string[] Kinds =
        ["Helpers", "Utils", "Utilities", "Services", "Managers", "Models", "Extensions", "Common", "Misc"];

    [Test]
    public async Task No_folder_is_named_after_a_kind_of_class()
    {
        var folders = Repository.Sources.Where(file => file.Split('/').SkipLast(1).Any(Kinds.Contains));

        await Assert.That(folders).IsEmpty();
    }

    [Test]
    public async Task A_source_file_has_at_most_four_hundred_lines_and_most_have_far_fewer()
    {
        var lines = Repository.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .Select(file => (File: file, Count: Repository.Read(file).Count(c => c == '\n')))
            .OrderBy(file => file.Count)
            .ToArray();

        await Assert.That(lines.Where(file => file.Count > 400)).IsEmpty();
        await Assert.That(lines[lines.Length / 2].Count).IsLessThanOrEqualTo(60);
        await Assert.That(lines[lines.Length * 9 / 10].Count).IsLessThanOrEqualTo(180);
    }

    [Test]
    public async Task No_pattern_of_the_product_backtracks_in_text_that_others_may_have_written()
    {
        // The AllowedPattern of a template may need backtracking, and is matched with a time limit.
        const string Bounded = "src/Esb.Sam/Resolving/ParameterValues.cs";
        var patterns = Repository.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && file != Bounded)
            .Select(file => (File: file, Text: Repository.Read(file)))
            .Where(file => file.Text.Contains("using System.Text.RegularExpressions;", StringComparison.Ordinal))
            .SelectMany(file => Patterns.In(file.Text).Select(pattern => (file.File, Pattern: pattern)))
            .ToArray();

        await Assert.That(patterns.Length).IsGreaterThan(5);
        await Assert.That(patterns.Where(pattern => !IsNonBacktracking(pattern.Pattern))).IsEmpty();
    }

    [Test]
    [Arguments("var a = new Regex(\"x\");", false)]
    [Arguments("static readonly Regex A = new(\n  \"x\",\n  RegexOptions.NonBacktracking);", true)]
    [Arguments("Regex.IsMatch(text, \"x\", RegexOptions.None)", false)]
    [Arguments("[GeneratedRegex(\"x\")]", false)]
    [Arguments("static readonly Regex[] All = [\n new(\"x\", RegexOptions.NonBacktracking),\n new(\"y\")];", false)]
    public async Task A_pattern_is_found_however_it_is_created(string source, bool isGood)
    {
        var patterns = Patterns.In(source).ToArray();

        await Assert.That(patterns).IsNotEmpty();
        await Assert.That(patterns.All(IsNonBacktracking)).IsEqualTo(isGood);
    }

    [Test]
    public async Task System_calls_are_made_only_in_the_library_of_the_host()
    {
        var callers = Repository.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && Repository.Read(file).Contains("LibraryImport(", StringComparison.Ordinal)).ToArray();

        await Assert.That(callers).IsNotEmpty();
        await Assert.That(callers.Where(file => !file.StartsWith("src/Esb.Host/", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task The_command_opens_files_by_name_only_if_they_are_ordinary_files()
    {
        // Opening a named pipe instead of a file would block forever. Files below /proc are not ordinary ones, but are
        // safe.
        string[] calls = ["File.ReadAll", "File.ReadLines(", "File.OpenRead", "File.OpenText"];
        var sources = Repository.Sources.Where(file => file.StartsWith("src/esb/", StringComparison.Ordinal)
            && !file.StartsWith("src/esb/Examples/", StringComparison.Ordinal)).ToArray();
        var lines = sources.Where(file => !Repository.Read(file).Contains("/proc", StringComparison.Ordinal))
            .SelectMany(file => Repository.Read(file).Replace("OrdinaryFile.", "", StringComparison.Ordinal).Split('\n')
                .Where(line => calls.Any(call => line.Contains(call, StringComparison.Ordinal)))
                .Select(line => $"{file}: {line.Trim()}"));

        await Assert.That(sources).IsNotEmpty();
        await Assert.That(lines).IsEmpty();
    }

    [Test]
    public async Task Every_package_has_a_line_with_its_reason_on_the_dependencies_page()
    {
        var page = Repository.Read("docs/dependencies.md");
        var packages = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .ToArray();

        await Assert.That(packages.Length).IsGreaterThan(5);
        await Assert.That(packages.Where(package => !page.Contains(package, StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task Every_project_of_the_repository_is_in_the_solution()
    {
        var solution = Repository.Read("Esb.slnx");
        var projects = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)
            && file.Split('/')[0] is "src" or "tests"
            && !file.StartsWith("src/esb/Examples/", StringComparison.Ordinal));

        await Assert.That(projects.Where(project => !solution.Contains(project, StringComparison.Ordinal))).IsEmpty();
    }

    private static bool IsNonBacktracking(string pattern) =>
        pattern.Contains("RegexOptions.NonBacktracking", StringComparison.Ordinal);
}
