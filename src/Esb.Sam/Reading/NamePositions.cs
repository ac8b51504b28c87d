namespace Esb.Sam.Reading;

/// <summary>
/// Where a template names something of its own: a resource, a parameter, a condition, a mapping, an authorizer. Keys stay as they are
/// written, so that what names one does so too: <c>Yes</c> and <c>1.10</c> are names there.
/// </summary>
internal static class NamePositions
{
    /// <summary>How many items at the beginning of what stands under a key are names; a scalar is one of them.</summary>
    /// <param name="key">The key.</param>
    /// <param name="owner">The key of the mapping that it stands in.</param>
    public static int Under(string key, string owner) => key switch
    {
        "Ref" or "Fn::If" => 1,
        "Fn::GetAtt" => 2,
        "Fn::FindInMap" => 3,
        "DefaultAuthorizer" or "Authorizer" or "Condition" or "DependsOn" when !HasOwnKeys(owner) => int.MaxValue,
        _ => 0,
    };

    // Of these the author chooses the keys.
    private static bool HasOwnKeys(string mapping) => mapping is "Variables" or "StageVariables" or "Parameters" or "Metadata" or "Tags";
}
