namespace Esb.ObjectStore.Signing;

/// <summary>The one pair of keys that may use this store.</summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    /// <summary>Without the secret, so that it never reaches a log by way of string interpolation.</summary>
    public override string ToString() => AccessKeyId;
}
