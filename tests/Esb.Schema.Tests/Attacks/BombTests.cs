using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Attacks;

/// <summary>Small files that would use up memory or never end in a careless reader.</summary>
internal sealed class BombTests
{
    private const long MostMemory = 512L * 1024 * 1024;

    [Test]
    [Arguments("[")]
    [Arguments("{a: ")]
    [Arguments("- ")]
    [Arguments("? ")]
    [Arguments("[a, ")]
    [Arguments("- a: ")]
    public async Task Nesting_of_a_hundred_thousand_levels_is_refused_with_its_place(string level) =>
        await RefusedAsync(string.Concat(Enumerable.Repeat(level, 100_000)));

    [Test]
    public async Task Nesting_by_indentation_is_refused_with_its_place() =>
        await RefusedAsync(string.Concat(Enumerable.Range(0, 3_000).Select(i => new string(' ', i) + "a:\n")));

    [Test]
    public async Task An_alias_bomb_of_nodes_is_refused_with_its_place()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        await RefusedAsync(text.ToString());
    }

    [Test]
    public async Task An_alias_bomb_of_one_long_text_is_refused_with_its_place() =>
        await RefusedAsync(
            $"a: &a {new string('x', 1_000_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 1_000))}]\n");

    [Test]
    public async Task An_alias_of_its_own_mapping_is_refused_with_its_place() =>
        await RefusedAsync("a: &a\n  b: *a\n");

    [Test]
    public async Task More_characters_than_any_configuration_has_are_refused_with_a_place() =>
        await RefusedAsync("a: " + new string('x', YamlReader.MaxCharacters));

    [Test]
    public async Task A_scalar_of_many_megabytes_is_read_in_bounded_memory()
    {
        var document = Read("a: '" + new string('x', 20_000_000) + "'\n", out _);
        await Assert.That(((YamlScalar)document!["a"]!).Value.Length).IsEqualTo(20_000_000);
    }

    [Test]
    [Arguments("a", "\n")]
    [Arguments("&a ", "")]
    [Arguments("!a ", "")]
    [Arguments("'", "\n")]
    [Arguments("\"\\", "")]
    [Arguments("# ", "\n")]
    [Arguments("? a\n", "")]
    [Arguments(": ", "\n")]
    [Arguments("a: b: ", "")]
    [Arguments("%x", "\n")]
    [Arguments("---\n", "")]
    [Arguments("a, ", "")]
    [Arguments("\t", "")]
    [Arguments("*a ", "")]
    public async Task A_token_repeated_a_hundred_thousand_times_soon_results_in_a_document_or_an_error(
        string token,
        string between)
    {
        var document = Read(string.Concat(Enumerable.Repeat(token + between, 100_000)), out var diagnostics);
        await Assert.That(document is not null || diagnostics.Any(d => d is { Severity: Severity.Error, Line: > 0 }))
            .IsTrue();
    }

    [Test]
    public async Task The_same_error_a_hundred_thousand_times_is_reported_a_hundred_times()
    {
        await Assert.That(Read(string.Concat(Enumerable.Repeat("a: 1\n", 100_000)), out var diagnostics)).IsNull();
        await Assert.That(diagnostics.Count).IsLessThanOrEqualTo(101);
        await Assert.That(diagnostics.Last().Message).Contains("what follows is not read");
    }

    private static async Task RefusedAsync(string text)
    {
        await Assert.That(Read(text, out var diagnostics)).IsNull();
        var error = diagnostics.First(d => d.Severity == Severity.Error);
        await Assert.That(error.Line).IsGreaterThan(0);
        await Assert.That(error.ToString().Length).IsLessThan(400);
    }

    // A reader that hangs or exhausts the memory fails here instead of blocking the whole run.
    private static YamlMapping? Read(string text, out DiagnosticBag diagnostics)
    {
        var bag = diagnostics = new DiagnosticBag();
        var bytes = Encoding.UTF8.GetBytes(text);
        YamlMapping? document = null;
        var allocated = 0L;
        var reader = new Thread(() =>
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            document = ConfigurationDocument.Parse(bytes, "f.yml", bag);
            allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        });
        reader.IsBackground = true;
        reader.Start();
        if (!reader.Join(Waits.Longest))
            throw new TimeoutException(
                $"still reading {text.Length} characters that start with '{text[..Math.Min(20, text.Length)]}'");
        return allocated < MostMemory
            ? document
            : throw new InvalidOperationException($"took {allocated} bytes for {text.Length} characters");
    }
}
