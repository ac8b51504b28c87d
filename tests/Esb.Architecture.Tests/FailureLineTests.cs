using System.Diagnostics;

namespace Esb.Architecture.Tests;

/// <summary>The end of a long log lists the tests that failed, one on each line, before the totals.</summary>
public sealed class FailureLineTests
{
    private const string Report = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testId="1" testName="It_holds(7)" outcome="Failed">
              <Output><ErrorInfo><Message>Expected   to be 1
        but found 2</Message></ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testId="2" testName="It_is_fine" outcome="Passed" />
            <UnitTestResult testId="3" testName="It_ends" outcome="Timeout" />
          </Results>
          <TestDefinitions>
            <UnitTest id="1" name="It_holds(7)">
              <TestMethod className="Esb.Some.Tests.OrderTests, Esb.Some.Tests" name="It_holds" />
            </UnitTest>
            <UnitTest id="2" name="It_is_fine">
              <TestMethod className="Esb.Some.Tests.OrderTests" name="It_is_fine" />
            </UnitTest>
            <UnitTest id="3" name="It_ends">
              <TestMethod className="Esb.Some.Tests.EndTests" name="It_ends" />
            </UnitTest>
          </TestDefinitions>
        </TestRun>
        """;

    [Test]
    public async Task Failed_tests_are_repeated_with_class_and_first_line_and_passed_to_a_calling_script()
    {
        var folder = Directory.CreateTempSubdirectory("esb-failures-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "r.trx"), Report);
            var said = await RunAsync(
                folder,
                $"source scripts/failures.sh; note_failed_tests {folder}/r.trx Esb.Some.Tests; "
                    + $"note_failed_tests {folder}/none.trx Esb.Other.Tests; note_failure 'step: format'; echo log; "
                    + "repeat_failures; echo sum");
            var lines = said.Split('\n');
            await Assert.That(lines[..3]).IsEquivalentTo([
                "log",
                "failed Esb.Some.Tests OrderTests.It_holds(7): Expected to be 1",
                "failed Esb.Some.Tests EndTests.It_ends: Timeout",
            ]);
            await Assert.That(lines[3]).StartsWith("failed Esb.Other.Tests: no report of its tests: ");
            await Assert.That(said).EndsWith("failed step: format\nsum\n");
            await Assert.That("log\n" + await File.ReadAllTextAsync(Path.Combine(folder, "all")) + "sum\n")
                .IsEqualTo(said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    [Arguments(".ci/run")]
    [Arguments("scripts/test.sh")]
    [Arguments("scripts/e2e.sh")]
    [Arguments("scripts/e2e/install-test.sh")]
    [Arguments("scripts/e2e/images-test.sh")]
    public async Task The_failures_are_printed_just_before_the_totals(string script)
    {
        var lines = Repository.Read(script).Split('\n');
        var sum = Array.FindLastIndex(
            lines, line => line.StartsWith("echo \"$passed passed, ", StringComparison.Ordinal));
        await Assert.That(sum).IsGreaterThan(0);
        await Assert.That(lines[sum - 1]).IsEqualTo(script == ".ci/run" ? "cat \"$ALL_FAILURES\"" : "repeat_failures");
    }

    private static async Task<string> RunAsync(string folder, string commands)
    {
        var start = new ProcessStartInfo("bash", ["-c", commands])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["ALL_FAILURES"] = Path.Combine(folder, "all");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
