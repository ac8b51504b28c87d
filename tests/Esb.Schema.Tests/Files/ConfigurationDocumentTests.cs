using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class ConfigurationDocumentTests
{
    [Test]
    public async Task Comments_at_the_head_of_a_file_stay_when_it_is_written_again()
    {
        var before = "# owned by team a\n#\n\nfunctions: {}\n"u8.ToArray();
        var written = ConfigurationDocument.Write(Documents.Parse("functions:\n  a: {code: /a}\n"), before);
        await Assert.That(Encoding.UTF8.GetString(written))
            .IsEqualTo("# owned by team a\n#\n\nfunctions:\n  a:\n    code: /a\n");
    }

    [Test]
    [Arguments("# a\r\n\r\nx: 1\r\n", "# a\r\n\r\n")]
    [Arguments("\rx: 1", "")]
    [Arguments("# a\rx: 1\n", "")]
    [Arguments("  # a\nx: 1\n", "  # a\n")]
    [Arguments("# only", "# only\n")]
    public async Task The_head_consists_of_comments_and_empty_lines_and_never_of_content(string before, string head)
    {
        var written = ConfigurationDocument.Write(Documents.Parse("y: 2\n"), Encoding.UTF8.GetBytes(before));
        await Assert.That(Encoding.UTF8.GetString(written)).IsEqualTo(head + "y: 2\n");
    }

    [Test]
    public async Task A_list_instead_of_a_mapping_is_an_error_with_its_place()
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(ConfigurationDocument.Parse("- a\n"u8.ToArray(), "f.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString())
            .IsEqualTo("f.yml:1:1: error: the file must be a mapping, but is a list");
    }

    [Test]
    public async Task The_hash_depends_on_which_of_the_two_files_has_the_bytes()
    {
        await Assert.That(ConfigurationHash.Of("ab"u8, "c"u8)).IsNotEqualTo(ConfigurationHash.Of("a"u8, "bc"u8));
        await Assert.That(ConfigurationHash.Of("ab"u8, "c"u8)).Length().IsEqualTo(8);
    }
}
