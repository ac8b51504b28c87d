using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>
/// All keys that conditions of a bucket policy may have. A key either has its value in the requests that have it on
/// AWS, or makes the policy an error: a denial under a key that nobody supplies would deny nothing. Sources: Service
/// Authorization Reference, "Condition keys for Amazon S3"; IAM, "AWS global condition context keys". Names have no
/// case.
/// </summary>
internal static class ConditionKeys
{
    // Such requests do not have these on AWS either: they are signed with the long-term keys of an account in no
    // organisation, come neither through a VPC nor from another service of AWS, and there are no access points, jobs,
    // inventories, replications or annotations.
    private static readonly HashSet<string> Absent = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:AssumedRoot", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:ChatbotSourceArn",
        "aws:Ec2InstanceSourcePrivateIPv4", "aws:Ec2InstanceSourceVpc", "aws:FederatedProvider",
        "aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:ResourceOrgID", "aws:ResourceOrgPaths",
        "aws:SourceAccount", "aws:SourceArn", "aws:SourceIdentity", "aws:SourceInstanceARN", "aws:SourceOrgID",
        "aws:SourceOrgPaths", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
        "aws:TokenIssueTime", "aws:username", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
        "aws:VpcSourceIp", "s3:AccessGrantsInstanceArn", "s3:AccessPointNetworkOrigin", "s3:annotation-prefix",
        "s3:DataAccessPointAccount", "s3:DataAccessPointArn", "s3:deliverySourceArn", "s3:destinationRegion",
        "s3:ExistingJobOperation", "s3:ExistingJobPriority", "s3:InventoryAccessibleOptionalFields",
        "s3:isReplicationPauseRequest", "s3:JobSuspendedCause", "s3:locationconstraint", "s3:logType",
        "s3:max-annotation-results", "s3:RequestJobOperation", "s3:RequestJobPriority", "s3:x-amz-object-if-match",
    };

    private static readonly string[] AbsentFamilies = ["aws:PrincipalTag/"];

    // Requests may have these on AWS, but not here: buckets have no attribute-based access control, functions call with
    // the keys of the platform, and versions have no event holds.
    private static readonly HashSet<string> Unavailable = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:TagKeys", "ec2:SourceInstanceARN", "lambda:SourceFunctionArn", "ssm:SourceInstanceARN",
        "s3:AccessGrantScope", "s3:AccessGrantsLocationScope", "s3:object-lock-event-hold",
        "s3:object-lock-event-hold-duration-days", "s3:resourceArnBeingAuthorized",
    };

    private static readonly string[] UnavailableFamilies =
        ["aws:RequestTag/", "aws:ResourceTag/", "s3:AccessPointTag/", "s3:BucketTag/"];

    private static readonly ConditionKey Missing = new(_ => []);

    /// <summary>Finds a key by its name.</summary>
    /// <exception cref="S3Exception">
    /// MalformedPolicy for a key that S3 does not know, NotImplemented for one that the store cannot supply.
    /// </exception>
    public static ConditionKey Find(string name)
    {
        if ((GlobalKeys.Find(name) ?? RequestKeys.Find(name)) is { } key)
            return key;
        if (Absent.Contains(name) || Tagged(AbsentFamilies, name))
            return Missing;
        throw Unavailable.Contains(name) || Tagged(UnavailableFamilies, name)
            ? S3Errors.NotImplemented($"The condition key {name}")
            : BodyErrors.MalformedPolicy($"Policy has an invalid condition key: {name}");
    }

    private static bool Tagged(string[] families, string name) =>
        families.Any(family => name.Length > family.Length
            && name.StartsWith(family, StringComparison.OrdinalIgnoreCase));
}
