namespace Esb.Architecture.Tests;

public sealed class CompatibilityPageTests
{
    private const string Page = "docs/compatibility.md";

    private static readonly string[] Verdicts = ["same", "approximated", "not supported"];

    // The classes in which every test shows a promise about the HTTP side.
    private static readonly string[] Promises =
    [
        "EventTests", "ApiSettingsTests", "ResponseTests", "CorsTests", "RouteTableTests", "JwtTests",
        "LambdaAuthorizerTests", "ApiKeyTests",
    ];

    [Test]
    public async Task Every_row_has_a_verdict_and_describes_the_difference_if_there_is_one()
    {
        var wrong = Rows()
            .Where(row => row.Length != 4 || !Verdicts.Contains(row[2]) || (row[2] != "same" && row[3].Length == 0))
            .Select(row => string.Join('|', row));

        await Assert.That(Rows().Count()).IsGreaterThan(50);
        await Assert.That(wrong).IsEmpty();
    }

    [Test]
    public async Task Every_row_names_tests_that_exist()
    {
        var existing = Tests().ToHashSet(StringComparer.Ordinal);
        var missing = from row in Rows()
                      let named = TestsThatPagesName.HoldersOf(row[0])
                      from test in named.Length == 0 ? [$"no test: {row[1]}"] : named
                      where !existing.Contains(test)
                      select test;

        await Assert.That(missing.Distinct()).IsEmpty();
    }

    [Test]
    public async Task Every_test_of_the_HTTP_side_has_a_row()
    {
        var named = Rows().SelectMany(row => TestsThatPagesName.HoldersOf(row[0])).ToHashSet(StringComparer.Ordinal);
        var without = Tests().Where(test => Promises.Contains(test.Split('.')[0]) && !named.Contains(test));

        await Assert.That(without).IsEmpty();
    }

    private static IEnumerable<string[]> Rows() => TestsThatPagesName.Promises(Page);

    private static IEnumerable<string> Tests() =>
        TestsThatPagesName.In(file => !file.StartsWith("tests/Esb.Sam.Tests/", StringComparison.Ordinal));
}
