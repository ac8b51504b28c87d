using System.Globalization;

namespace Esb.Host.Settings;

/// <summary>Settings that are whole numbers within bounds.</summary>
public static class WholeNumber
{
    /// <param name="variable">The variable or option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="minimum">The smallest number that is allowed.</param>
    /// <param name="maximum">The largest number that is allowed.</param>
    /// <param name="noun">What is counted, for the message.</param>
    /// <exception cref="SettingException">The value is not a whole number, or is out of bounds.</exception>
    public static long Parse(
        string variable, string value, long minimum, long maximum, string noun = "a whole number") =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum
            ? number
            : throw new SettingException(
                variable,
                value,
                maximum == long.MaxValue ? $"{noun} from {minimum}" : $"{noun} from {minimum} to {maximum}");

    /// <summary>A TCP port.</summary>
    /// <param name="variable">The variable or option.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="SettingException">The value is not a port.</exception>
    public static int Port(string variable, string value) => (int)Parse(variable, value, 1, ushort.MaxValue, "a port");
}
