namespace Esb.Signatures;

/// <summary>A pair of keys that requests are signed with.</summary>
/// <param name="AccessKeyId">The public part.</param>
/// <param name="SecretAccessKey">The secret part.</param>
public sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    /// <summary>Without the secret, so that string interpolation can never write it to a log.</summary>
    public override string ToString() => AccessKeyId;
}
