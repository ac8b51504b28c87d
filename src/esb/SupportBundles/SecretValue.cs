namespace Esb.Cli.SupportBundles;

/// <summary>A value that must not leave the machine.</summary>
/// <param name="Where">Its place for people: file and key, never the value.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSecretByName">Whether its name marks it as a secret; otherwise it may be an ordinary word.</param>
internal sealed record SecretValue(string Where, string Value, bool IsSecretByName)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => Where;
}
