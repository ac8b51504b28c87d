namespace Esb.Sam.Tests.Functions;

/// <summary>On AWS a function and each of its aliases may have a URL with a guard of its own. The box has one address for all.</summary>
internal sealed class SeveralUrlTests
{
    private const string Open = "U: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref F, AuthType: NONE } }";
    private const string Public = "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }";
    private const string Guarded = "V: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt F.Arn, AuthType: AWS_IAM, Qualifier: live } }";

    [Test]
    [Arguments("", Open + "\n" + Public, null, "")]
    [Arguments("", Guarded, "iam", "")]
    [Arguments("", Open + "\n" + Guarded, "iam", "U: TargetFunctionArn is ignored: the box serves one URL of a function, and that of 'F' is one with AWS_IAM")]
    [Arguments("", Guarded + "\n" + Open, "iam", "U: TargetFunctionArn is ignored: the box serves one URL of a function, and that of 'F' is one with AWS_IAM")]
    [Arguments("FunctionUrlConfig: { AuthType: NONE }, ", Guarded, "iam", "F: FunctionUrlConfig is ignored: the box serves one URL of a function, and that of 'F' is one with AWS_IAM")]
    [Arguments("FunctionUrlConfig: { AuthType: AWS_IAM }, ", Open, "iam", "U: TargetFunctionArn is ignored: the box serves one URL")]
    [Arguments("FunctionUrlConfig: { AuthType: NONE }, ", Open, null, "U: TargetFunctionArn is ignored: the box serves one URL of a function, and that of 'F' is another one")]
    public async Task Of_several_URLs_the_guarded_one_is_served_and_the_others_are_named(string own, string resources, string? guard, string line)
    {
        var text = Template(own, resources);
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer?["type"]?.ToString()).IsEqualTo(guard);
        var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        await Assert.That(strict).Contains(line);
        if (line.Length == 0)
            await Assert.That(strict).DoesNotContain("one URL");
    }

    [Test]
    public async Task A_URL_of_an_alias_that_is_not_there_is_a_line() =>
        await Assert.That(string.Join('\n', Templates.Messages(Template("", Guarded.Replace("live", "nope", StringComparison.Ordinal)), new SamOptions { Strict = true })))
            .Contains("V: Qualifier is ignored: the function 'F' has no alias 'nope'");

    [Test]
    [Arguments(Public, null)]
    [Arguments("P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt F.Arn, Action: lambda:InvokeFunctionUrl, Principal: '*' } }", null)]
    [Arguments("P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: other, Action: lambda:InvokeFunctionUrl, Principal: '*' } }", "unsupported")]
    [Arguments("P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunction, Principal: '*' } }", "unsupported")]
    [Arguments("P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunctionUrl, Principal: '123456789012' } }", "unsupported")]
    [Arguments("P: { Type: AWS::Lambda::Permission, Condition: Never, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunctionUrl, Principal: '*' } }", "unsupported")]
    [Arguments("", "unsupported")]
    public async Task A_URL_that_no_permission_opens_is_closed_with_a_line(string permission, string? guard)
    {
        var text = "Conditions: { Never: !Equals [a, b] }\n" + Template("", $"{Open}\n{permission}");
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer?["type"]?.ToString()).IsEqualTo(guard);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains("no AWS::Lambda::Permission lets everybody call the URL; the URL is closed", StringComparison.Ordinal)).IsEqualTo(guard is not null);
    }

    private static string Template(string own, string resources) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{own}}AutoPublishAlias: live, {{Templates.Code}} } }
          {{resources.Replace("\n", "\n  ", StringComparison.Ordinal)}}
        """;
}
