using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Gateway.Settings;

/// <summary>Whole numbers within bounds.</summary>
internal static class WholeNumber
{
    /// <exception cref="SettingException">It is none, or out of bounds.</exception>
    public static long Parse(string variable, string value, long minimum, long maximum) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new SettingException(variable, value, maximum == long.MaxValue ? $"a whole number from {minimum}" : $"a whole number from {minimum} to {maximum}");
}
