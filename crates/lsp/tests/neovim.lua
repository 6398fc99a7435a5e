-- A person writes a draft in Neovim, with the coach beside. Run headless by a test of the program, which
-- names in the environment: INROAD_PROGRAM, the program; INROAD_FOLDER, an empty folder with a data file.
-- Ends with 0 if all is as it should be, else with 1 and one line that says what is not.
-- Written for Neovim 0.7, which Debian 12 has, and all later ones.

local program, folder = os.getenv('INROAD_PROGRAM'), os.getenv('INROAD_FOLDER')
local patience_ms = 20000

local draft = {
  'Subject: Your nights',
  '',
  'Hi Ann 😀,',
  '',
  'Grüße 😀! I hope this email finds you well. We are the best in Europe!! Yes!',
  'How do you plan the nights?',
  '',
  'Tom Ray',
}

local function check(is_so, what)
  if not is_so then
    error(what, 0)
  end
end

local function wait(what, is_so)
  check(vim.wait(patience_ms, is_so, 10), 'In vain waited: ' .. what)
end

local function code_of(mark)
  return mark.code or (mark.user_data and mark.user_data.lsp and mark.user_data.lsp.code)
end

local function mark(rule)
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if code_of(one) == rule then
      return one
    end
  end
end

local function start(on_exit)
  local config = {
    name = 'inroad',
    cmd = { program, '--data', folder .. '/inroad.db', 'lsp' },
    root_dir = folder,
    on_exit = on_exit,
  }
  if vim.lsp.start then
    return vim.lsp.start(config)
  end
  local id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
  return id
end

-- Puts the cursor on the words, the first that stand in the draft.
local function go_to(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 })
      return
    end
  end
  error('No such words in the draft: ' .. words, 0)
end

-- Chooses from the menu of code actions, as a person does.
local function choose(begins)
  local chosen, titles = false, {}
  vim.ui.select = function(items, options, on_choice)
    for _, item in ipairs(items) do
      local title = options.format_item(item)
      table.insert(titles, title)
      if not chosen and vim.startswith(title, begins) then
        chosen = true
        on_choice(item, 1)
      end
    end
    if not chosen then
      titles.asked = true
    end
  end
  vim.lsp.buf.code_action()
  vim.wait(patience_ms, function()
    return chosen or titles.asked
  end, 10)
  check(chosen, 'No action "' .. begins .. '" among: ' .. table.concat(titles, ' | '))
end

-- What the floating window says.
local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local buffer = vim.api.nvim_win_get_buf(window)
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'), window
    end
  end
end

local function hover(words, expected)
  go_to(words)
  vim.lsp.buf.hover()
  wait('a hover on ' .. words, float)
  local said, window = float()
  for _, part in ipairs(expected) do
    check(said:find(part, 1, true), 'The hover on "' .. words .. '" lacks "' .. part .. '": ' .. said)
  end
  vim.api.nvim_win_close(window, true)
end

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

local function walk()
  vim.o.hidden = true
  local path = folder .. '/monday.txt'
  vim.fn.writefile(draft, path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  local ended
  local id = start(function(code)
    ended = code
  end)
  check(id, 'The server does not start')

  -- It is marked as soon as it is open, at the right place behind characters of several units.
  wait('findings', function()
    return mark('throat-clearing')
  end)
  local found = mark('throat-clearing')
  local at = draft[5]:find('I hope', 1, true) - 1
  check(found.lnum == 4 and found.col == at, 'Marked at ' .. found.lnum .. ':' .. found.col)
  check(found.source == 'inroad', 'The source is ' .. tostring(found.source))
  check(found.severity == vim.diagnostic.severity.INFO, 'The weight is ' .. found.severity)
  check(mark('exclamation-marks').lnum == 0, 'What is of the whole stands at the subject')

  hover('I hope', { 'Words before the first thought', 'Instead:', 'Rests on' })
  hover('Your nights', { 'Facts:', 'words in' })

  -- A fix, chosen from the menu.
  go_to('I hope')
  choose('Take out “I hope this email')
  wait('the sentence to go', function()
    return line(5) == 'Grüße 😀! We are the best in Europe!! Yes!'
  end)
  wait('the finding to go with it', function()
    return not mark('throat-clearing')
  end)
  go_to('Your nights')
  choose('Keep one exclamation mark')
  wait('the marks to go', function()
    return line(5) == 'Grüße 😀! We are the best in Europe. Yes.'
  end)

  -- Dismissed, and taken back.
  go_to('the best in')
  choose('Dismiss “Praise of oneself”')
  wait('the dismissed finding to go', function()
    return not mark('superlatives')
  end)
  choose('Let “Praise of oneself” speak up again')
  wait('the finding to come back', function()
    return mark('superlatives')
  end)

  -- Typed away, in the middle of a line behind an emoji.
  go_to('the best in Europe')
  vim.cmd('normal! 4cwin Hull')
  check(line(5) == 'Grüße 😀! We are in Hull. Yes.', 'Typed was: ' .. line(5))
  wait('the finding to go with its words', function()
    return not mark('superlatives')
  end)
  vim.cmd('normal! ggdG')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'Hi Ann,', '', 'Hope you are well 😀.', 'How is it?' })
  wait('findings in new words', function()
    local new = mark('throat-clearing')
    return new and new.lnum == 2 and new.col == 0
  end)
  vim.cmd('write')

  local client = vim.lsp.get_client_by_id(id)
  vim.lsp.stop_client(id)
  wait('the server to end', function()
    return ended ~= nil
  end)
  check(client and ended == 0, 'The server ended with ' .. tostring(ended))
end

local well, why = xpcall(walk, function(problem)
  return problem
end)
if well then
  vim.cmd('qall!')
else
  io.stderr:write('neovim: ' .. tostring(why):gsub('%s+', ' ') .. '\n')
  vim.cmd('cquit 1')
end
