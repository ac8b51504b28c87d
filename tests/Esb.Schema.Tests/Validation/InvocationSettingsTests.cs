using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

internal sealed class InvocationSettingsTests
{
    [Test]
    public async Task Every_invocation_setting_of_the_format_is_read()
    {
        var (function, errors) = Read(
            """
                async: { maximum_retry_attempts: 1, maximum_event_age_in_seconds: 3600, on_success: { function: told },
                    on_failure: { function: warned }, dead_letter: { function: kept } }
                reserved_concurrency: 5
                provisioned_concurrency: 2
                aliases: [live]
                url: { invoke_mode: RESPONSE_STREAM }
                events:
                  - schedule: { expression: "cron(0 9 * * ? *)", timezone: Europe/Berlin, state: DISABLED,
                      retry: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 120 } }
                  - schedule: { expression: at(2030-01-31T12:00:00), state: ENABLED }
            """);
        // The target functions are not in this file.
        await Assert.That(errors.Where(e => e.Contains("error: ", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(function!.Asynchronous)
            .IsEqualTo(new AsynchronousSettings(1, 3600, "told", "warned", "kept"));
        await Assert.That((function.ReservedConcurrency, function.ProvisionedConcurrency, function.InvokeMode))
            .IsEqualTo((5, 2, InvokeMode.ResponseStream));
        await Assert.That(function.Aliases).IsEquivalentTo(["live"]);
        var (first, second) = (function.Schedules[0], function.Schedules[1]);
        await Assert.That((first.TimeZone, first.Enabled, first.MaximumRetryAttempts, first.MaximumEventAgeInSeconds))
            .IsEqualTo(("Europe/Berlin", false, 3, 120));
        await Assert.That((second.TimeZone, second.Enabled)).IsEqualTo((null, true));
    }

    [Test]
    [Arguments("    async: { maximum_retry_attempts: 3 }", "t.yml:5:38: error: function 'f', "
        + "async: 'maximum_retry_attempts' is '3'; allowed: a whole number from 0 to 2")]
    [Arguments("    async: { on_failure: { queue: q } }", "t.yml:5:26: error: function 'f', async, on_failure: "
        + "'function' is missing; only functions can be targets; name one with function: NAME")]
    [Arguments("    async: { on_failure: { function: a/b } }", "t.yml:5:38: error: function 'f', async, on_failure: "
        + "'a/b' is not a function name; allowed: letters, digits, '-' and '_', at most 64 of them")]
    [Arguments(
        "    url: { invoke_mode: FAST }",
        "t.yml:5:25: error: function 'f', url: 'invoke_mode' is 'FAST'; allowed: BUFFERED or RESPONSE_STREAM")]
    [Arguments(
        "    events: [{ schedule: { rate: rate(1 day), timezone: Berlin } }]",
        "t.yml:5:57: error: function 'f', schedule: 'Berlin' is not a time zone that this machine knows; "
            + "name one from the IANA database, such as Europe/Berlin (the package tzdata has them)")]
    [Arguments(
        "    events: [{ schedule: { rate: rate(1 day), state: off } }]",
        "t.yml:5:54: error: function 'f', schedule: 'state' is 'off'; allowed: ENABLED or DISABLED")]
    public async Task A_setting_that_cannot_be_used_is_reported_with_its_place(string line, string message)
    {
        var (_, errors) = Read(line);
        await Assert.That(errors.Single()).IsEqualTo(message);
    }

    private static (FunctionDefinition? Function, IReadOnlyList<string> Errors) Read(string lines)
    {
        var diagnostics = new DiagnosticBag();
        var text = $"functions:\n  f:\n    image: i\n    timeout: 3\n{lines}\n";
        var file = FunctionsFile.Read((YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!, diagnostics);
        return (file.Functions.GetValueOrDefault("f"), [.. diagnostics.Select(d => d.ToString())]);
    }
}
