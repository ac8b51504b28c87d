
namespace Esb.Architecture.Tests;

public sealed class PromisePageTests
{
    private const string Specification = "docs/specification.md";
    private const string Compatibility = "docs/compatibility.md";
    private const string Security = "docs/security.md";

    private static readonly string[] States = ["held", "measured", "missed", "unproven"];

    [Test]
    public async Task Every_promise_has_a_state_and_gives_a_reason_if_no_test_shows_it()
    {
        var rows = TestsThatPagesName.Promises(Specification).ToArray();
        var wrong = rows.Where(row => row.Length != 3
            || !States.Any(state => row[2].StartsWith(state, StringComparison.Ordinal))
            || row[2] is "missed" or "unproven").Select(row => row[1]);

        await Assert.That(rows.Length).IsGreaterThan(50);
        await Assert.That(wrong).IsEmpty();
    }

    [Test]
    public async Task Every_row_of_a_page_of_promises_has_an_id()
    {
        var without = from page in (string[])[Specification, Compatibility]
                      from row in TestsThatPagesName.Rows(page)
                      where !TestsThatPagesName.IsId(row[0])
                      select $"{page}: {string.Join(" | ", row)}";

        await Assert.That(without).IsEmpty();
    }

    [Test]
    public async Task Every_promise_has_one_row_on_the_page_of_tests_and_every_row_there_has_its_promise()
    {
        string[] promised =
        [
            .. from page in (string[])[Specification, Compatibility, Security]
               from row in TestsThatPagesName.Promises(page)
               select row[0],
        ];

        await Assert.That(promised.Length).IsGreaterThan(300);
        await Assert.That(promised.Distinct().Count()).IsEqualTo(promised.Length);
        await Assert.That(TestsThatPagesName.Held.Select(row => row.Id)).IsEquivalentTo(promised);
    }

    [Test]
    public async Task Every_test_or_file_that_is_named_for_a_promise_exists()
    {
        var missing = from row in TestsThatPagesName.Held
                      from holder in row.Holders
                      where !TestsThatPagesName.Exists(holder)
                      select $"{row.Id}: {holder}";

        await Assert.That(missing).IsEmpty();
    }

    [Test]
    public async Task Every_promise_of_the_specification_names_its_tests()
    {
        await Assert.That(TestsThatPagesName.Promises(Specification)
            .Where(row => TestsThatPagesName.HoldersOf(row[0]).Length == 0)
            .Select(row => row[1])).IsEmpty();
    }

    [Test]
    public async Task Every_row_of_the_mission_has_a_promise()
    {
        var named = TestsThatPagesName.Promises(Specification).Select(row => row[0]).ToHashSet(StringComparer.Ordinal);

        await Assert.That(Enumerable.Range(1, 29).Select(number => $"M{number}").Where(id => !named.Contains(id)))
            .IsEmpty();
    }

    [Test]
    public async Task A_benchmark_that_is_named_for_a_promise_is_a_group_of_the_script()
    {
        var known = Repository.Read("docs/benchmarks.md").Split("Groups: `")[1].Split('`')[0].Split(' ');
        var named = TestsThatPagesName.Promises(Specification)
            .SelectMany(row => TestsThatPagesName.HoldersOf(row[0]))
            .Where(holder => holder.StartsWith("benchmarks/run.sh ", StringComparison.Ordinal))
            .Select(holder => holder.Split(' ')[1])
            .ToArray();

        await Assert.That(named.Length).IsGreaterThan(8);
        await Assert.That(named.Where(group => !known.Contains(group))).IsEmpty();
    }

    [Test]
    public async Task Every_row_of_the_security_page_names_its_tests_or_says_that_there_are_none()
    {
        var rows = TestsThatPagesName.Promises(Security).ToArray();
        var empty = rows.Where(row => row.Length != 4
            || (TestsThatPagesName.HoldersOf(row[0]).Length == 0
                && !row[3].Contains("**nothing**", StringComparison.Ordinal)
                && !row[2].StartsWith("not ", StringComparison.Ordinal))).Select(row => string.Join(" | ", row));

        await Assert.That(rows.Length).IsGreaterThan(30);
        await Assert.That(empty).IsEmpty();
    }
}
