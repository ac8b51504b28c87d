namespace Esb.ObjectStore.Signing;

/// <summary>The only pair of keys that may use this store.</summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    /// <summary>Without the secret, so that string interpolation can never write it to a log.</summary>
    public override string ToString() => AccessKeyId;
}
