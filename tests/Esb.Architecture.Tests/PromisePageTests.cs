
namespace Esb.Architecture.Tests;

public sealed class PromisePageTests
{
    private const string Specification = "docs/specification.md";
    private const string Security = "docs/security.md";

    private static readonly string[] States = ["held", "measured", "missed", "unproven"];

    [Test]
    public async Task Every_promise_has_a_state_and_one_that_is_not_shown_says_why()
    {
        var rows = TestsThatPagesName.Rows(Specification).ToArray();
        var wrong = rows.Where(row => row.Length != 4
            || !States.Any(state => row[2].StartsWith(state, StringComparison.Ordinal))
            || row[2] is "missed" or "unproven").Select(row => row[1]);

        await Assert.That(rows.Length).IsGreaterThan(50);
        await Assert.That(wrong).IsEmpty();
    }

    [Test]
    public async Task Every_promise_names_what_holds_it_and_all_of_that_is_there()
    {
        var wrong = from row in TestsThatPagesName.Rows(Specification)
                    let holders = TestsThatPagesName.Code(row[3]).ToArray()
                    from holder in holders.Length == 0 ? [$"nothing holds: {row[1]}"] : holders
                    where !TestsThatPagesName.Exists(holder)
                    select holder;

        await Assert.That(wrong).IsEmpty();
    }

    [Test]
    public async Task Every_row_of_the_mission_has_its_promise()
    {
        var named = TestsThatPagesName.Rows(Specification).Select(row => row[0]).ToHashSet(StringComparer.Ordinal);

        await Assert.That(Enumerable.Range(1, 29).Select(number => $"M{number}").Where(id => !named.Contains(id)))
            .IsEmpty();
    }

    [Test]
    public async Task A_benchmark_that_holds_a_promise_is_a_group_that_the_script_knows()
    {
        var known = Repository.Read("docs/benchmarks.md").Split("Groups: `")[1].Split('`')[0].Split(' ');
        var named = TestsThatPagesName.Rows(Specification)
            .SelectMany(row => TestsThatPagesName.Code(row[3]))
            .Where(holder => holder.StartsWith("benchmarks/run.sh ", StringComparison.Ordinal))
            .Select(holder => holder.Split(' ')[1])
            .ToArray();

        await Assert.That(named.Length).IsGreaterThan(8);
        await Assert.That(named.Where(group => !known.Contains(group))).IsEmpty();
    }

    [Test]
    public async Task Every_row_of_the_security_page_names_what_holds_it_or_says_that_nothing_does()
    {
        var rows = TestsThatPagesName.Rows(Security).Where(row => row.Length == 4
            && row[0].Length > 0
            && !row[0].StartsWith("functions ", StringComparison.Ordinal)
            && row[0] != "meant for").ToArray();
        var empty = rows.Where(row => row[3].Length == 0
            && !row[2].Contains("**nothing**", StringComparison.Ordinal)
            && !row[1].StartsWith("not ", StringComparison.Ordinal)).Select(row => string.Join(" | ", row));

        await Assert.That(rows.Length).IsGreaterThan(30);
        await Assert.That(empty).IsEmpty();
        await Assert.That(rows.SelectMany(row => TestsThatPagesName.Code(row[3]))
            .Where(holder => !TestsThatPagesName.Exists(holder))).IsEmpty();
    }
}
