namespace Esb.Agent;

/// <summary>
/// A setting with a value that is not allowed. The message names the variable, its value and what is allowed.
/// <c>Main</c> prints it and exits with 2.
/// </summary>
internal sealed class SettingException(string variable, string value, string allowed)
    : Exception($"{variable} is '{value}'; allowed is {allowed}");
