using Esb.Cli.Deploying.Templates;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Deploying;

internal sealed class ParameterOverrideTests
{
    [Test]
    [Arguments("Stage=prod", "Stage:prod")]
    [Arguments("Stage=prod Size=3", "Stage:prod|Size:3")]
    [Arguments("ParameterKey=Stage,ParameterValue=prod", "Stage:prod")]
    [Arguments("ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=3", "Stage:prod|Size:3")]
    [Arguments("Text=two words", "Text:two words")]
    [Arguments("Text=\"two words\" Stage=prod", "Text:two words|Stage:prod")]
    [Arguments("Url=https://x/?a=b,c=d", "Url:https://x/?a=b,c=d")]
    [Arguments("Empty=", "Empty:")]
    public async Task Both_spellings_of_sam_are_understood(string argument, string expected)
    {
        var diagnostics = new DiagnosticBag();
        var parsed = ParameterOverrides.Parse([argument], diagnostics);
        await Assert.That(string.Join('|', parsed.Select(p => $"{p.Key}:{p.Value}"))).IsEqualTo(expected);
        await Assert.That(diagnostics.Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_later_argument_wins_over_an_earlier_one()
    {
        var parsed = ParameterOverrides.Parse(["Stage=dev", "Stage=prod"], []);
        await Assert.That(parsed["Stage"]).IsEqualTo("prod");
    }

    [Test]
    [Arguments("Stage")]
    [Arguments("=prod")]
    [Arguments("ParameterKey=Stage")]
    public async Task What_is_no_pair_is_an_error_that_shows_both_forms(string argument)
    {
        var diagnostics = new DiagnosticBag();
        ParameterOverrides.Parse([argument], diagnostics);
        await Assert.That(diagnostics.Single().ToString()).Contains($"'{argument}'").And.Contains("ParameterKey=Key,ParameterValue=Value");
    }
}
