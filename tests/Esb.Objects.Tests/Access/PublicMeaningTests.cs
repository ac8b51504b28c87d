using System.Text;
using Esb.Objects.Access;

namespace Esb.Objects.Tests.Access;

/// <summary>When S3 calls a policy public.</summary>
public sealed class PublicMeaningTests
{
    [Test]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}""", true)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","128.0.0.0/1"]}}""", true)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/7"}}""", true)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", false)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"54.0.0.0/8"}}""", false)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"192.0.2.1"}}""", false)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"2001:db8::/31"}}""", true)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}""", false)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"fc00::/7"}}""", false)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"f000::/4"}}""", true)]
    [Arguments("""{"IpAddressIfExists":{"aws:SourceIp":"192.0.2.1"}}""", true)]
    [Arguments("""{"NotIpAddress":{"aws:SourceIp":"192.0.2.1"}}""", true)]
    [Arguments("""{"StringLike":{"aws:SourceIp":"1*"}}""", true)]
    [Arguments("""{"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", false)]
    [Arguments("""{"StringLike":{"aws:SourceVpce":"vpce-*"}}""", true)]
    [Arguments("""{"ForAllValues:StringEquals":{"aws:SourceVpce":"vpce-1"}}""", true)]
    [Arguments("""{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}""", false)]
    [Arguments("""{"StringLike":{"aws:userid":"AROLEID:*"}}""", true)]
    [Arguments("""{"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:123456789012:accesspoint/*"}}""", false)]
    [Arguments("""{"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:*:accesspoint/a"}}""", true)]
    [Arguments("""{"StringEquals":{"aws:Referer":"https://a.example/"}}""", true)]
    [Arguments("""{"StringEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"k"}}""", true)]
    public async Task An_Allow_for_everybody_is_public_unless_a_condition_asks_for_a_fixed_caller(
        string condition, bool isPublic)
    {
        var policy = $$$"""
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*",
            "Condition":{{{condition}}}}}
            """;

        await Assert.That(BucketPolicy.Parse(Encoding.UTF8.GetBytes(policy), "b").IsPublic).IsEqualTo(isPublic);
    }
}
