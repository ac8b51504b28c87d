
namespace Esb.Docs.Tests.Reference;

/// <summary>
/// A part of a page that is generated from a source of the program. With <c>ESB_WRITE_DOCS=1</c> in its environment,
/// the test writes the part; otherwise it compares.
/// </summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Name">The name in the marks around the part.</param>
internal sealed record WrittenPage(string Page, string Name)
{
    private string Begin => $"<!-- {Name}: written by a test, ESB_WRITE_DOCS=1 -->\n";

    private string End => $"<!-- end of {Name} -->\n";

    /// <summary>Writes the part, or fails if the page has another text.</summary>
    public async Task IsAsync(string wanted)
    {
        var page = Repository.Read(Page);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        await Assert.That(to).IsGreaterThanOrEqualTo(from).Because($"{Page} has no part {Begin}");
        if (Environment.GetEnvironmentVariable("ESB_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, Page), page[..from] + wanted + page[to..]);
        else
            await Assert.That(page[from..to]).IsEqualTo(wanted);
    }
}
