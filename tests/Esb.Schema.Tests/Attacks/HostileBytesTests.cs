using System.Text;
using CsCheck;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Attacks;

/// <summary>
/// Whatever bytes a file has: the result is a document or a message with a position, in bounded time and memory.
/// </summary>
internal sealed class HostileBytesTests
{
    private const int Documents = 5_000;

    private static readonly Gen<string> Token = Gen.OneOf(
        "functions:",
        "routes:",
        "resources:",
        "defaults:",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "? ",
        ": ",
        "a",
        "a:",
        "&a ",
        "*a",
        "!Sub ",
        "!!str ",
        "!<tag:x> ",
        "%YAML 1.2\n",
        "%TAG ! x\n",
            "---\n",
        "...\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "\\",
        "\\x",
        "\\u12",
        "|",
        ">",
        "|2-\n",
        "# c\n",
        "\t",
        "\r",
        "\0",
        "\uFEFF",
        "\u0085",
        "\u2028",
        "<<: ",
        "@",
        "`",
        "=",
        "~",
        "1e9",
        "0x",
        "é",
        "😀",
        "\uFFFD");

    private static readonly Gen<byte[]> NearlyYaml = Token.Array[0, 60]
        .Select(t => Encoding.UTF8.GetBytes(string.Concat(t)));

    private static readonly Gen<byte[]> Damaged = Gen.Select(
        NearlyYaml, Gen.Int[0, 1_000_000], Gen.Byte).Select((bytes, at, value) =>
    {
        if (bytes.Length > 0)
            bytes[at % bytes.Length] = value;
        return bytes;
    });

    [Test]
    public void Any_bytes_are_a_document_or_an_error_with_its_place() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], NearlyYaml, Damaged)
            .Sample(bytes => IsDocumentOrError(bytes), iter: Documents, print: Convert.ToHexString);

    [Test]
    public void Every_tree_that_was_read_is_written_so_that_it_reads_back_the_same() =>
        NearlyYaml.Sample(
            bytes =>
            {
                if (ConfigurationDocument.Parse(bytes, "f.yml", []) is not { } first)
                    return true;
                var again = ConfigurationDocument.Parse(ConfigurationDocument.Write(first, bytes), "f.yml", []);
                return again is not null && first.ContentEquals(again);
            },
            iter: Documents,
            print: b => $"{Convert.ToHexString(b)} {Encoding.UTF8.GetString(b)}");

    [Test]
    [Arguments("a: =\u2028  [")]
    [Arguments("a: x\u2029   [y\nb: 1")]
    [Arguments("a: x\u0085 - y\nb: 1")]
    [Arguments("a: x\n\n\n   y\nb: 1")]
    public async Task Line_breaks_of_plain_text_are_kept(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var first = ConfigurationDocument.Parse(bytes, "f.yml", [])!;
        var again = ConfigurationDocument.Parse(ConfigurationDocument.Write(first, bytes), "f.yml", []);
        await Assert.That(again is not null && first.ContentEquals(again)).IsTrue();
    }

    [Test]
    public async Task Bytes_that_are_not_UTF8_are_an_error_with_line_and_column()
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(ConfigurationDocument.Parse([.. "a: 1\nbä: "u8, 0xC3, 0x28], "f.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString())
            .IsEqualTo("f.yml:2:5: error: the byte 0xC3 is not UTF-8 here; save the file as UTF-8");
    }

    [Test]
    [Arguments("a: \"x\\uFFFEy\"\n")]
    [Arguments("a: \"x\\uFEFFy\"\n")]
    [Arguments("a: \"\\uD83D\"\n")]
    [Arguments("\"\\uDE00\\uD83D\": 1\n")]
    public async Task Characters_that_no_text_may_have_are_an_error_with_their_place(string text)
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(ConfigurationDocument.Parse(Encoding.UTF8.GetBytes(text), "f.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString()).Contains(
            text.Contains("a: \"\\uD83D", StringComparison.Ordinal) ? "invalid Unicode character escape" : "in a text")
            .And.StartsWith("f.yml:1:");
    }

    [Test]
    [Arguments("a: \\xD83D\\xDE00\n")]
    [Arguments("a: '\\xD83D\\xDE00'\n")]
    [Arguments("a: \"\\uD83D\\uDE00\"\n")]
    [Arguments("a: \"\\\\\\uD83D\\uDE00\"\n")]
    public async Task Backslashes_and_characters_beyond_U_FFFF_are_written_so_that_they_read_back(string text)
    {
        var first = Esb.Schema.Tests.Documents.Parse(text);
        await Assert.That(Esb.Schema.Tests.Documents.Parse(YamlTextWriter.Write(first)).ContentEquals(first)).IsTrue();
    }

    [Test]
    public async Task A_byte_order_mark_at_the_start_is_not_part_of_the_first_key()
    {
        var document = ConfigurationDocument.Parse([0xEF, 0xBB, 0xBF, .. "# head\na: 1\n"u8], "f.yml", [])!;
        await Assert.That(document.Contains("a")).IsTrue();
        var written = ConfigurationDocument.Write(document, [0xEF, 0xBB, 0xBF, .. "# head\na: 1\n"u8]);
        await Assert.That(Encoding.UTF8.GetString(written)).IsEqualTo("# head\na: 1\n");
    }

    private static bool IsDocumentOrError(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        var document = ConfigurationDocument.Parse(bytes, "f.yml", diagnostics);
        if (document is null)
            return diagnostics.Any(d => d is { Severity: Severity.Error, Line: > 0, Column: > 0 });
        FunctionsFile.Read(document, diagnostics);
        RoutingFile.Read(document, diagnostics);
        ResourcesFile.Read(document, diagnostics);
        return YamlTextWriter.Write(document).Length > 0 && diagnostics.All(d => d.File is "f.yml");
    }
}
