using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Receipts;

internal sealed class ReceiptTests
{
    [Test]
    public async Task Each_property_of_a_resource_has_a_line_with_its_outcome()
    {
        var receipt =
            Templates.Read(Templates.FunctionWith("Tracing: Active, Policies: [{ Statement: [] }, B, C]")).Receipt;
        await Assert.That(receipt.Count(l => l.Resource == "F"
            && l.Outcome == Outcome.Applied
            && l.Property is "CodeUri" or "Handler" or "Runtime")).IsEqualTo(3);
        await Assert.That(receipt.Single(l => l.Property == "Tracing").Outcome).IsEqualTo(Outcome.Ignored);
        await Assert.That(receipt.Count(l => l.Property.StartsWith("Policies", StringComparison.Ordinal))).IsEqualTo(1);
    }

    [Test]
    public async Task A_resource_that_ESB_does_not_create_is_one_line_with_the_reason()
    {
        var text = Templates.FunctionWith("Timeout: 3")
            + "  Role: { Type: AWS::IAM::Role, Properties: { PermissionsBoundary: arn } }\n";
        var line = Templates.Read(text).Receipt.Single(l => l.Resource == "Role");
        await Assert.That((line.Property, line.Outcome)).IsEqualTo(("AWS::IAM::Role", Outcome.Ignored));
        await Assert.That(line.Reason).IsNotEmpty();
        await Assert.That(line.Place.Line).IsEqualTo(6);
    }

    [Test]
    public async Task A_deletion_policy_is_ignored_since_no_table_or_bucket_is_ever_deleted()
    {
        var text = Templates.FunctionWith("Timeout: 3")
            + "  Files: { Type: AWS::S3::Bucket, DeletionPolicy: Delete, Properties: { BucketName: files } }\n";
        var line = Templates.Read(text).Receipt.Single(l => l.Property == "DeletionPolicy");
        await Assert.That((line.Resource, line.Outcome, line.Reason))
            .IsEqualTo(("Files", Outcome.Ignored, "tables and buckets are never deleted or replaced here"));
    }

    [Test]
    [Arguments(
        "  Files: { Type: AWS::S3::Bucket, Properties: { NotificationConfiguration: { LambdaConfigurations: [{ "
            + "Event: 's3:ObjectCreated:*', Function: !GetAtt F.Arn }] } } }",
        "Files: NotificationConfiguration is ignored: no function is called by a bucket")]
    [Arguments(
        "  Rule: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [a] }, Targets: [{ Id: t, Arn: "
            + "!GetAtt F.Arn }] } }", "Rule: EventPattern is ignored: rules for events are not served, only schedules")]
    [Arguments(
        "  Source: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref F } }",
        "Source: ESB does not create AWS::Lambda::EventSourceMapping; nothing will call functions through it")]
    public async Task An_event_source_that_would_call_a_function_on_AWS_and_does_not_here_is_a_warning_and_a_line(
        string resource,
        string message)
    {
        var text = Templates.FunctionWith("Timeout: 3") + resource + "\n";
        await Assert.That(Templates.Message(text)).StartsWith("t.yaml:6:").And.Contains("warning: " + message);
        await Assert.That(Templates.Read(text).Receipt.Count(
            l => message.StartsWith(l.Resource + ":", StringComparison.Ordinal) && l.Outcome == Outcome.Ignored))
            .IsEqualTo(1);
    }

    [Test]
    public async Task A_bucket_policy_is_ignored_with_a_hint_at_the_policies_of_the_store()
    {
        var text = Templates.FunctionWith("Timeout: 3") + "  Files: { Type: AWS::S3::Bucket }\n  Policy: { "
            + "Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Files, PolicyDocument: { Statement: [] } } }\n";
        var template = Templates.Read(text);
        await Assert.That(template.Receipt.Single(l => l.Resource == "Policy").Reason)
            .Contains("PolicyDocument of the bucket in resources.yml");
        await Assert.That(template.Buckets.Single().Properties.Contains("PolicyDocument")).IsFalse();
    }

    [Test]
    [Arguments("Handlr", "did you mean 'Handler'?")]
    [Arguments("Timout", "did you mean 'Timeout'?")]
    [Arguments("runtime", "did you mean 'Runtime'?")]
    [Arguments("Xyzzy", null)]
    public async Task A_similar_name_is_suggested_and_a_different_one_is_not(string given, string? expected) =>
        await Assert.That(NearMiss.Help(given, ["Handler", "Runtime", "Timeout"])).IsEqualTo(expected);
}
