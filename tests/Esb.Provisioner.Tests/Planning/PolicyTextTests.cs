using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Schema.Yaml;

namespace Esb.Provisioner.Tests.Planning;

/// <summary>Policies with the same meaning have the same text.</summary>
public sealed class PolicyTextTests
{
    [Test]
    [Arguments("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Principal":{"AWS":"*"}}]}""")]
    [Arguments(
        """{"Statement":{"Principal":{"AWS":["*"]},"Action":["s3:*"],"Effect":"Allow"},"Version":"2012-10-17"}""")]
    [Arguments("""{"Statement": [ {"Action": "s3:*", "Principal": """
        + """{"AWS": "*"}, "Effect": "Allow"} ], "Version": "2012-10-17"}""")]
    public async Task Policies_that_differ_only_in_order_and_lists_of_one_are_equal(string json) =>
        await Assert.That(PolicyText.Of(json)).IsEqualTo(
            """{"Statement":[{"Action":"s3:*","Effect":"Allow","Principal":{"AWS":"*"}}],"Version":"2012-10-17"}""");

    [Test]
    public async Task A_policy_in_yaml_equals_the_one_that_a_store_returns()
    {
        var yaml = YamlReader.Read(
            "{Version: 2012-10-17, Statement: {Effect: Deny, Condition: {Bool: {'aws:SecureTransport': false}}, "
                + "Action: ['s3:*', 's3:Get*']}}", "policy.yml", [])!;

        var json = PolicyText.Of("""{"Statement":[{"Action":["s3:*","s3:Get*"],"Condition":"""
            + """{"Bool":{"aws:SecureTransport":false}},"Effect":"Deny"}],"Version":"2012-10-17"}""");
        await Assert.That(PolicyText.Of(yaml)).IsEqualTo(json);
    }

    [Test]
    public async Task Policies_with_another_action_are_not_equal() =>
        await Assert.That(PolicyText.Of("""{"Statement":[{"Action":"s3:Get*"}]}"""))
            .IsNotEqualTo(PolicyText.Of("""{"Statement":[{"Action":"s3:Put*"}]}"""));
}
