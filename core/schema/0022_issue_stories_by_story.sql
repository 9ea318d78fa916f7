-- Which issues a story was in: asked for every quote that is opened.
create index issue_stories_story on issue_stories (story_id);
