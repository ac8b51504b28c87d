namespace Esb.Host.Settings;

/// <summary>
/// A setting that cannot be used: names the variable or option, its value and what is allowed. Each program prints the
/// message and exits with 2.
/// </summary>
/// <param name="message">One human-readable line.</param>
public sealed class SettingException(string message) : Exception(message)
{
    /// <summary>A value that is not allowed.</summary>
    /// <param name="variable">The variable or option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="allowed">What is allowed, as the end of a sentence.</param>
    public SettingException(string variable, string value, string allowed)
        : this($"{variable} is '{value}'; allowed: {allowed}")
    {
    }
}
