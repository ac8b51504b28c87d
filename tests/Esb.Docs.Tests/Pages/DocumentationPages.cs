
namespace Esb.Docs.Tests.Pages;

/// <summary>The pages that tell people what to type. Decisions are records of the past and are not followed.</summary>
internal static class DocumentationPages
{
    /// <summary>Their paths from the root of the repository.</summary>
    public static string[] All { get; } = [.. Repository.Pages.Where(IsFollowed)];

    /// <summary>The blocks of one page.</summary>
    public static IEnumerable<Fence> Fences(string page) => Fence.Of(page, Repository.Read(page));

    private static bool IsFollowed(string page) =>
        page is "README.md" or "README.ja.md" or "CONTRIBUTING.md" or "examples/README.md"
        || (page.StartsWith("docs/", StringComparison.Ordinal)
            && !page.StartsWith("docs/decisions/", StringComparison.Ordinal));
}
