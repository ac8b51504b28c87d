namespace Esb.Cli.SupportBundles;

/// <summary>A value that must not leave the machine.</summary>
/// <param name="Where">How a person finds it: file and key, never the value.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSecretByName">Its name says that it is a secret; else it may be anything, also a word that everybody
/// uses.</param>
internal sealed record SecretValue(string Where, string Value, bool IsSecretByName)
{
    /// <summary>Never shows the value.</summary>
    public override string ToString() => Where;
}
