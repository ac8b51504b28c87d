namespace Esb.Docs.Tests.Commands;

internal sealed class ShapeTests
{
    [Test]
    [Arguments("Live in 1.9 s, configuration 3f9c21d0.", "Live in 12 ms, configuration 9d69a203.", true)]
    [Arguments("  GET  http://127.0.0.1:8080/hello", "  GET     http://127.0.0.1:8080/hello", true)]
    [Arguments("receipts created", "receipts updated", false)]
    [Arguments("orders-api …", "orders-api 1.1 s", true)]
    [Arguments("request 6c9e0a1b-7d2f-4b3e-9a55-3f0d6c1e2b47,", "request 3a19df2c-fe17-4a21-9e69-49d89c6a1ff2,", true)]
    [Arguments("build  a 3.1 s", "build  a unchanged", true)]
    [Arguments("decade", "facade", false)]
    public async Task Lines_may_differ_in_figures_identifiers_and_widths(string shown, string came, bool same)
    {
        await Assert.That(Shape.Differences([shown], [came]).Count == 0).IsEqualTo(same);
    }

    [Test]
    public async Task A_line_that_the_page_does_not_show_is_a_difference_unless_an_ellipsis_stands_for_it()
    {
        await Assert.That(Shape.Differences(["a"], ["a", "b"])).IsEquivalentTo(["came, but is not shown: b"]);
        await Assert.That(Shape.Differences(["a", "…"], ["b", "a"])).IsEmpty();
        await Assert.That(Shape.Differences(["a", "a"], ["a"])).IsEquivalentTo(["shown, but did not come: a"]);
    }
}
