using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Functions;

/// <summary>
/// On AWS a function and each of its aliases may have a URL with its own guard. Here they share one address.
/// </summary>
internal sealed class SeveralUrlTests
{
    private const string Open =
        "U: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref F, AuthType: NONE } }";
    private const string Public = "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, "
        + "Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }";
    private const string Guarded = "V: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt F.Arn, "
        + "AuthType: AWS_IAM, Qualifier: live } }";

    [Test]
    [Arguments("", Open + "\n" + Public, null, "")]
    [Arguments("", Guarded, "iam", "")]
    [Arguments("", Open + "\n" + Guarded, "iam", "U: TargetFunctionArn is ignored: one URL of a function is served, "
        + "and that of 'F' is one with AWS_IAM")]
    [Arguments("", Guarded + "\n" + Open, "iam", "U: TargetFunctionArn is ignored: one URL of a function is served, "
        + "and that of 'F' is one with AWS_IAM")]
    [Arguments("FunctionUrlConfig: { AuthType: NONE }, ", Guarded, "iam", "F: FunctionUrlConfig is "
        + "ignored: one URL of a function is served, and that of 'F' is one with AWS_IAM")]
    [Arguments(
        "FunctionUrlConfig: { "
            + "AuthType: AWS_IAM }, ", Open, "iam", "U: TargetFunctionArn is ignored: one URL of a function is served")]
    [Arguments("FunctionUrlConfig: { AuthType: NONE }, ", Open, null, "U: TargetFunctionArn is "
        + "ignored: one URL of a function is served, and that of 'F' is another one")]
    public async Task Of_several_URLs_the_guarded_one_is_served_and_the_others_are_reported(
        string own,
        string resources,
        string? guard,
        string line)
    {
        var text = Template(own, resources);
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer?["type"]?.ToString())
            .IsEqualTo(guard);
        var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        await Assert.That(strict).Contains(line);
        if (line.Length == 0)
            await Assert.That(strict).DoesNotContain("one URL");
    }

    [Test]
    public async Task A_URL_of_an_unknown_alias_is_a_line() =>
        await Assert.That(string.Join('\n', Templates.Messages(
            Template("", Guarded.Replace("live", "nope", StringComparison.Ordinal)), new SamOptions { Strict = true })))
            .Contains("V: Qualifier is ignored: the function 'F' has no alias 'nope'");

    [Test]
    [Arguments(Public, null)]
    [Arguments(
        "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt F.Arn, "
            + "Action: lambda:InvokeFunctionUrl, Principal: '*' } }", null)]
    [Arguments(
        "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: other, Action: lambda:InvokeFunctionUrl, "
            + "Principal: '*' } }", "unsupported")]
    [Arguments(
        "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunction, "
            + "Principal: '*' } }", "unsupported")]
    [Arguments(
        "P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunctionUrl, "
            + "Principal: '123456789012' } }", "unsupported")]
    [Arguments(
        "P: { Type: AWS::Lambda::Permission, Condition: Never, Properties: { FunctionName: !Ref F, "
            + "Action: lambda:InvokeFunctionUrl, Principal: '*' } }", "unsupported")]
    [Arguments("", "unsupported")]
    public async Task A_URL_that_no_permission_opens_is_closed_with_a_line(string permission, string? guard)
    {
        var text = "Conditions: { Never: !Equals [a, b] }\n" + Template("", $"{Open}\n{permission}");
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer?["type"]?.ToString())
            .IsEqualTo(guard);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains(
            "no AWS::Lambda::Permission lets everybody call the URL; the URL is closed",
            StringComparison.Ordinal)).IsEqualTo(guard is not null);
    }

    [Test]
    [Arguments("FunctionUrlAuthType: NONE", true)]
    [Arguments("InvokedViaFunctionUrl: true", true)]
    [Arguments("SourceAccount: !Ref AWS::NoValue", true)]
    [Arguments("FunctionUrlAuthType: AWS_IAM", false)]
    [Arguments("FunctionUrlAuthType: none", false)]
    [Arguments("InvokedViaFunctionUrl: false", false)]
    [Arguments("FunctionUrlAuthType: NONE, SourceAccount: '123456789012'", false)]
    [Arguments("FunctionUrlAuthType: NONE, SourceArn: 'arn:aws:s3:::x'", false)]
    [Arguments("FunctionUrlAuthType: NONE, PrincipalOrgID: o-1", false)]
    [Arguments("FunctionUrlAuthType: NONE, EventSourceToken: x", false)]
    [Arguments("FunctionUrlAuthType: NONE, SorceAccount: '123456789012'", false)]
    public async Task A_permission_with_a_condition_for_callers_opens_no_URL(string properties, bool isOpen)
    {
        var text = Template("", $"{Open}\nP: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: !Ref F, "
            + $"Action: lambda:InvokeFunctionUrl, Principal: '*', {properties} }} }}");
        var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer is null).IsEqualTo(isOpen);
        await Assert.That(strict.Contains(
            "P: AWS::Lambda::Permission is ignored: ESB has no identities or permissions",
            StringComparison.Ordinal)).IsEqualTo(!isOpen);
        await Assert.That(strict.Length == 0).IsEqualTo(isOpen).Because(strict);
        await Assert.That(string.Join('\n', Templates.Messages(text)).Contains(
            "warning: U: the URL is closed: no AWS::Lambda::Permission", StringComparison.Ordinal)).IsEqualTo(!isOpen);
    }

    [Test]
    [Arguments("!Ref F", "!Ref F", true)]
    [Arguments("!Ref F", "!Ref U", true)]
    [Arguments("!Ref F", "!GetAtt U.FunctionArn", true)]
    [Arguments("!Ref F", "!Sub '${AWS::AccountId}:function:F'", true)]
    [Arguments("!Ref F", "!Ref F.Alias", false)]
    [Arguments("!Ref F", "'F:live'", false)]
    [Arguments("!Ref F", "!Ref G", false)]
    [Arguments("!Ref F, Qualifier: live", "!Ref F.Alias", true)]
    [Arguments("!Ref F, Qualifier: live", "!Sub '${F}:live'", true)]
    [Arguments("!Ref F, Qualifier: live", "!Ref U", true)]
    [Arguments("!Ref F, Qualifier: live", "!Ref F", false)]
    [Arguments("!Ref F.Alias", "!Ref F.Alias", true)]
    [Arguments("!Ref F.Alias", "!Ref U", true)]
    [Arguments("!Ref F.Alias", "!Ref F", false)]
    public async Task A_permission_opens_only_the_URL_of_its_function_and_alias(
        string target,
        string permitted,
        bool isOpen)
    {
        var text = Template("", $$"""
            U: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: {{target}} } }
            P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: {{permitted}},
                Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }
            G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
            """);
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer is null).IsEqualTo(isOpen);
        await Assert.That(Templates.Read(text).Receipt.Any(l => l.Resource == "P" && l.Outcome == Outcome.Ignored))
            .IsEqualTo(!isOpen);
    }

    [Test]
    [Arguments("arn:aws:lambda:us-east-1:000000000000:function:F", true)]
    [Arguments("000000000000:function:F", true)]
    [Arguments("arn:aws:lambda:eu-west-1:000000000000:function:F", false)]
    [Arguments("arn:aws:lambda:us-east-1:999999999999:function:F", false)]
    [Arguments("arn:aws-cn:lambda:us-east-1:000000000000:function:F", false)]
    [Arguments("arn:aws:iam:us-east-1:000000000000:function:F", false)]
    [Arguments("999999999999:function:F", false)]
    public async Task A_URL_and_its_permission_are_for_the_function_of_their_own_region_account_and_partition(
        string arn,
        bool isOpen)
    {
        foreach (var (target, permitted, line) in new[]
        {
            ("!Ref F", arn, "error: P: AWS::Lambda::Permission is ignored"),
            (arn, "!Ref F", "error: F: FunctionUrlConfig.AuthType is ignored"),
        })
        {
            var text = Template("", $$"""
                U: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: {{target}} } }
                P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: {{permitted}},
                    Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }
                """);
            await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer is null)
                .IsEqualTo(isOpen);
            var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
            await Assert.That(strict.Contains(
                $"{line}: the ARN of its function has another region, account or partition", StringComparison.Ordinal))
                .IsEqualTo(!isOpen).Because(strict);
        }
    }

    [Test]
    [Arguments("Action: lambda:InvokeFunction, Principal: '*', InvokedViaFunctionUrl: true", "")]
    [Arguments(
        "Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, "
            + "SourceArn: !Sub 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:x/*'", "")]
    [Arguments("Action: 'lambda:*', Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn", "")]
    [Arguments(
        "Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: !Ref AWS::AccountId",
        "ESB has no identities")]
    [Arguments("Action: lambda:InvokeFunction, Principal: sns.amazonaws.com", "ESB has no identities")]
    [Arguments("Action: lambda:InvokeFunction, Principal: '123456789012'", "ESB has no identities")]
    [Arguments("Action: lambda:InvokeFunction, Principal: '*'", "ESB has no identities")]
    [Arguments("Action: lambda:GetFunction, Principal: apigateway.amazonaws.com", "ESB has no identities")]
    public async Task A_permission_that_is_not_needed_here_does_not_fail_a_strict_deploy(string properties, string line)
    {
        var text = Template(
            "",
            $"{Open}\n{Public}\nQ: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: !Ref F, "
                + $"{properties} }} }}\nRule: {{ Type: AWS::Events::Rule, Properties: {{ "
                + $"ScheduleExpression: rate(1 day), Targets: [{{ Id: t, Arn: !GetAtt F.Arn }}] }} }}");
        var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        await Assert.That(strict).Contains(line);
        await Assert.That(strict.Length == 0).IsEqualTo(line.Length == 0).Because(strict);
        await Assert.That(Templates.Read(text).Routes.First(r => r.IsFunctionUrl).Authorizer).IsNull();
    }

    [Test]
    public async Task A_permission_of_an_application_opens_the_URL_of_a_function_that_is_a_parameter()
    {
        const string Inner = "Parameters: { A: { Type: String } }\nResources: { P: { Type: AWS::Lambda::Permission, "
            + "Properties: { FunctionName: !Ref A, Action: lambda:InvokeFunctionUrl, Principal: '*' } } }\n";
        using var project = new Project(
            ("template.yaml", Template("", $"{Open}\nN: {{ Type: AWS::Serverless::Application, "
                + $"Properties: {{ Location: n.yaml, Parameters: {{ A: !GetAtt F.Arn }} }} }}")), ("n.yaml", Inner));
        await Assert.That(
            project.Read(options: new SamOptions { Strict = true }).Routes.First(r => r.IsFunctionUrl).Authorizer)
            .IsNull();
    }

    [Test]
    public async Task A_permission_for_a_URL_that_is_in_no_template_is_a_line() =>
        await Assert.That(string.Join('\n', Templates.Messages(Template("", Public), new SamOptions { Strict = true })))
            .Contains("P: AWS::Lambda::Permission is ignored: the URL of 'F' that it opens is neither in its own "
                + "template nor in one nested with it");

    private static string Template(string own, string resources) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{own}}AutoPublishAlias: live, {{Templates.Code}} } }
          {{resources.Replace("\n", "\n  ", StringComparison.Ordinal)}}
        """;
}
